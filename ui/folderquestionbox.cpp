#include "folderquestionbox.h"

#include "explain.h"
#include "notelabel.h"
#include "numberbox.h"
#include "referencemodel.h"
#include "referencetext.h"
#include "theme.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace plantain {

FolderQuestionBox::FolderQuestionBox(ReferenceModel &model, QWidget *parent)
    : QFrame(parent)
    , m_model(model)
    , m_question(new NoteLabel(NoteLabel::Rank::Attention, this))
    , m_row(new QWidget(this))
    , m_add(new QPushButton(tr("Add first"), m_row))
    , m_choose(new QPushButton(tr("Choose…"), this))
    , m_none(new QPushButton(tr("Add none"), this))
{
    setObjectName(u"folderQuestion"_s);
    explain(m_choose, tr("Pick pictures of this folder"));
    explain(m_none, tr("Leave the folder aside"));
    auto *row = new QHBoxLayout(m_row);
    row->setContentsMargins({});
    row->setSpacing(spacing::related);
    row->addWidget(m_add);
    row->addStretch(1);
    auto *others = new QHBoxLayout;
    others->setSpacing(spacing::related);
    others->addWidget(m_choose);
    others->addWidget(m_none);
    others->addStretch(1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(spacing::tight);
    layout->addWidget(m_question);
    layout->addWidget(m_row);
    layout->addLayout(others);

    connect(m_add, &QPushButton::clicked, this, &FolderQuestionBox::accept);
    connect(m_none, &QPushButton::clicked, this, [this] { Q_EMIT answered(0); });
    connect(m_choose, &QPushButton::clicked, this, [this] {
        if (const auto &asked = m_model.folderQuestion())
            Q_EMIT chooseRequested(asked->folders.front());
    });
    connect(&model, &ReferenceModel::folderQuestionChanged, this, &FolderQuestionBox::refresh);
    connect(&model, &ReferenceModel::referencesChanged, this, &FolderQuestionBox::refresh);
    refresh();
}

void FolderQuestionBox::refresh()
{
    const auto &asked = m_model.folderQuestion();
    setVisible(asked.has_value());
    if (!asked) {
        m_most = -1;
        return;
    }
    const int most = m_model.mostFromFolders();
    const QString found = tr("%1 holds pictures: %2.").arg(folderNames(asked->folders), QString::number(asked->files.size()));
    m_question->setNote(most == 0 ? tr("%1 There is no room: take others off the list first.").arg(found)
                            : most < asked->files.size() ? tr("%1 There is room for %2.").arg(found, QString::number(most))
                                                         : tr("%1 How many of them are meant?").arg(found));
    explain(m_add, tr("Add as many as stand here, in the order of their names"));
    m_row->setVisible(most > 0);
    if (most == m_most)
        return;
    m_most = most;
    delete m_count;
    m_count = new NumberBox({ .minimum = 1, .maximum = most, .step = 1, .whole = true, .start = most }, m_row);
    m_count->setAccessibleName(tr("How many pictures of the folder"));
    m_count->setMinimumWidth(fontMetrics().horizontalAdvance(u"00000"_s) + 32);
    m_count->setValue(most);
    qobject_cast<QHBoxLayout *>(m_row->layout())->insertWidget(1, m_count);
    m_count->show();
    setTabOrder(m_add, m_count);
    setTabOrder(m_count, m_choose);
}

void FolderQuestionBox::accept()
{
    Q_EMIT answered(std::clamp(int(m_count->value()), 1, std::max(1, m_most)));
}

void FolderQuestionBox::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        Q_EMIT answered(0);
    else if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && m_count && m_count->hasFocus()
             && !event->modifiers().testFlag(Qt::ControlModifier))
        accept();
    else
        QFrame::keyPressEvent(event);
}

} // namespace plantain
