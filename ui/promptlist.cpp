#include "promptlist.h"

#include "icons.h"
#include "promptfilter.h"
#include "prompthistory.h"
#include "theme.h"

#include <QAction>
#include <QCoreApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

/// One line a prompt, all of one height: thousands cost nothing.
class PromptDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const override
    {
        return { option.fontMetrics.averageCharWidth() * 20, spacing::control };
    }
};

} // namespace

PromptList::PromptList(PromptHistory &history, QWidget *parent)
    : QDialog(parent)
    , m_filter(new PromptFilter(this))
    , m_search(new QLineEdit(this))
    , m_list(new QListView(this))
{
    setWindowTitle(tr("Earlier prompts"));
    setAttribute(Qt::WA_DeleteOnClose);
    setModal(false);
    m_filter->setSourceModel(&history);
    m_search->setAccessibleName(tr("Search earlier prompts"));
    m_search->setPlaceholderText(tr("Search"));
    m_search->setClearButtonEnabled(true);
    m_search->addAction(iconNamed(u"search"_s), QLineEdit::LeadingPosition);
    m_search->installEventFilter(this);
    m_list->setAccessibleName(tr("Earlier prompts"));
    m_list->setModel(m_filter);
    m_list->setItemDelegate(new PromptDelegate(m_list));
    m_list->setUniformItemSizes(true);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setTextElideMode(Qt::ElideRight);
    auto *whole = new QLabel(this);
    whole->setObjectName(u"whole"_s);
    whole->setTextFormat(Qt::PlainText);
    whole->setWordWrap(true);
    whole->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    whole->setFixedHeight(5 * fontMetrics().lineSpacing());
    whole->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(spacing::page, spacing::page, spacing::page, spacing::page);
    layout->setSpacing(spacing::related);
    layout->addWidget(m_search);
    layout->addWidget(m_list, 1);
    layout->addWidget(whole);
    resize(520, 440);

    connect(m_search, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_filter->setText(text);
        selectFirst();
    });
    connect(m_list, &QListView::activated, this, &PromptList::choose);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, [whole](const QModelIndex &index) {
        constexpr qsizetype enough = 600;
        whole->setText(index.data(PromptHistory::PromptRole).toString().left(enough));
    });
    selectFirst();
    if (history.rowCount() == 0)
        whole->setText(tr("No prompts yet: what you generate is listed here."));
    m_search->setFocus();
}

void PromptList::selectFirst()
{
    m_list->setCurrentIndex(m_filter->index(0, 0));
}

void PromptList::choose(const QModelIndex &index)
{
    if (!index.isValid())
        return;
    Q_EMIT chosen(index.data(PromptHistory::PromptRole).toString());
    close();
}

bool PromptList::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_search || event->type() != QEvent::KeyPress)
        return QDialog::eventFilter(watched, event);
    auto *key = static_cast<QKeyEvent *>(event);
    switch (key->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        choose(m_list->currentIndex());
        return true;
    case Qt::Key_Up:
    case Qt::Key_Down:
    case Qt::Key_PageUp:
    case Qt::Key_PageDown:
        QCoreApplication::sendEvent(m_list, key);
        return true;
    default:
        return QDialog::eventFilter(watched, event);
    }
}

} // namespace plantain
