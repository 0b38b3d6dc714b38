#include "addresseditor.h"

#include "iconbutton.h"
#include "urlsfrommime.h"

#include <QDropEvent>
#include <QFileDialog>
#include <QLineEdit>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace plantain {

AddressEditor::AddressEditor(const Parameter &parameter, QWidget *parent)
    : m_title(parameter.title)
    , m_kind(parameter.uiField)
    , m_line(new QLineEdit(parent))
    , m_choose(iconButton(u"open"_s, tr("Choose a file for %1").arg(m_title), parent))
{
    m_line->setInputMethodHints(Qt::ImhUrlCharactersOnly);
    m_line->installEventFilter(this);
    m_choose->setFocusPolicy(Qt::StrongFocus);
    connect(m_line, &QLineEdit::textEdited, this, [this](const QString &text) {
        // A path is no address, and can mean one thing only.
        Q_EMIT typed(text.startsWith(u'/') ? QUrl::fromLocalFile(text).toString(QUrl::FullyEncoded) : text);
    });
    connect(m_line, &QLineEdit::editingFinished, this, &FieldEditor::left);
    connect(m_choose, &QToolButton::clicked, this, &AddressEditor::askForFile);
}

QWidget *AddressEditor::input() const
{
    return m_line;
}

QList<QWidget *> AddressEditor::buttons() const
{
    return { m_choose };
}

void AddressEditor::show(const FieldState &state, bool keepText)
{
    m_line->setPlaceholderText(state.placeholder);
    if (!keepText && m_line->text() != state.text)
        m_line->setText(state.text);
}

bool AddressEditor::eventFilter(QObject *watched, QEvent *event)
{
    const bool isDrag = event->type() == QEvent::DragEnter || event->type() == QEvent::DragMove;
    if (!isDrag && event->type() != QEvent::Drop)
        return FieldEditor::eventFilter(watched, event);
    auto *drop = static_cast<QDropEvent *>(event);
    const QList<QUrl> urls = urlsFromMime(*drop->mimeData());
    if (urls.size() != 1)
        return FieldEditor::eventFilter(watched, event); // the line takes text
    drop->acceptProposedAction();
    if (!isDrag)
        take(urls.front());
    return true;
}

void AddressEditor::askForFile()
{
    const QUrl now(m_line->text());
    auto *dialog = new QFileDialog(m_line, tr("Choose a file for %1").arg(m_title));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    if (m_kind == "video"_L1)
        dialog->setNameFilters({ tr("Videos (*.mp4 *.mov *.webm *.mpg *.mpeg *.avi *.flv *.wmv *.3gp)"), tr("All files (*)") });
    else if (m_kind == "audio"_L1)
        dialog->setNameFilters({ tr("Sounds (*.wav *.mp3 *.aiff *.aif *.aac *.ogg *.flac)"), tr("All files (*)") });
    if (now.isLocalFile())
        dialog->selectUrl(now);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &file) { take(QUrl::fromLocalFile(file)); });
    dialog->open();
}

void AddressEditor::take(const QUrl &url)
{
    Q_EMIT typed(url.toString(QUrl::FullyEncoded));
    Q_EMIT left();
}

} // namespace plantain
