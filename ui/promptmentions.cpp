#include "promptmentions.h"

#include "mentions.h"
#include "notelabel.h"
#include "promptedit.h"
#include "referencemodel.h"
#include "referencetext.h"
#include "theme.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QKeyEvent>
#include <QRegularExpression>
#include <QScrollBar>
#include <QStandardItemModel>
#include <QTextBlock>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

constexpr int wordsRole = Qt::UserRole + 1; ///< what is written into the prompt
constexpr int iconSide = 40;

/// What a person would write of a picture with this label. Of prompts, so not translated.
QString wordsFor(ReferencePart part, int number)
{
    switch (part) {
    case ReferencePart::None:
        break;
    case ReferencePart::Person:
        return u"the person in "_s + mentionOf(number);
    case ReferencePart::Product:
        return u"the product in "_s + mentionOf(number);
    case ReferencePart::Style:
        return u"the style of "_s + mentionOf(number);
    case ReferencePart::Background:
        return u"the background of "_s + mentionOf(number);
    case ReferencePart::Layout:
        return u"the layout of "_s + mentionOf(number);
    }
    return mentionOf(number);
}

/// "@2" means the number, "@per" the label or the beginning of the name.
bool fits(const QString &typed, int number, ReferencePart part, const QString &name)
{
    if (typed.isEmpty())
        return true;
    if (typed.front().isDigit())
        return QString::number(number).startsWith(typed);
    return wordOf(part).startsWith(typed, Qt::CaseInsensitive) || textOf(part).startsWith(typed, Qt::CaseInsensitive)
        || name.startsWith(typed, Qt::CaseInsensitive) || u"image"_s.startsWith(typed, Qt::CaseInsensitive);
}

} // namespace

PromptMentions::PromptMentions(PromptEdit &edit, const ReferenceModel &references)
    : QObject(&edit)
    , m_edit(edit)
    , m_references(references)
    , m_offers(new QStandardItemModel(this))
    , m_completer(new QCompleter(m_offers, this))
    , m_note(new NoteLabel(NoteLabel::Rank::Attention, edit.parentWidget()))
{
    m_completer->setWidget(&edit);
    m_completer->setCompletionMode(QCompleter::UnfilteredPopupCompletion); // fill() has chosen
    m_completer->popup()->setObjectName(u"mentions"_s);
    m_completer->popup()->setAccessibleName(tr("References to speak of"));
    m_completer->popup()->setIconSize({ iconSide, iconSide });
    edit.installEventFilter(this);
    m_completer->popup()->installEventFilter(this);
    connect(m_completer, qOverload<const QModelIndex &>(&QCompleter::activated), this,
            [this](const QModelIndex &index) { insert(index.data(wordsRole).toString()); });
    connect(&edit, &QPlainTextEdit::textChanged, this, [this] {
        mark();
        offer();
    });
    connect(&references, &ReferenceModel::referencesChanged, this, &PromptMentions::mark);
    mark();
}

bool PromptMentions::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == &m_edit && event->type() == QEvent::PaletteChange)
        mark();
    if (watched == m_completer->popup() && event->type() == QEvent::KeyPress) {
        // Before the completer sees it, which would give it to the edit as a line end.
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Return || key == Qt::Key_Enter || key == Qt::Key_Tab) {
            const QString words = m_completer->popup()->currentIndex().data(wordsRole).toString();
            m_completer->popup()->hide();
            insert(words);
            return true;
        }
    }
    return QObject::eventFilter(watched, event);
}

void PromptMentions::mark()
{
    const ThemeColours &colours = coloursOf(m_edit.palette());
    const int count = m_references.takesReferences() ? m_references.rowCount() : 0;
    QList<QTextEdit::ExtraSelection> marks;
    QStringList dangling;
    for (const Mention &mention : mentionsIn(m_edit.toPlainText())) {
        const bool isThere = mention.number >= 1 && mention.number <= count;
        // Where there are no pictures at all "image 1" are just words; "image ?" never is.
        if (!isThere && count == 0 && mention.number > 0)
            continue;
        QTextEdit::ExtraSelection selection;
        selection.cursor = QTextCursor(m_edit.document());
        selection.cursor.setPosition(int(mention.at));
        selection.cursor.setPosition(int(mention.at + mention.length), QTextCursor::KeepAnchor);
        if (isThere) {
            selection.format.setBackground(colours.selection);
        } else {
            selection.format.setForeground(colours.bad);
            selection.format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
            selection.format.setUnderlineColor(colours.bad);
            if (const QString words = mentionOf(mention.number); !dangling.contains(words))
                dangling.append(words);
        }
        marks.append(selection);
    }
    m_edit.setExtraSelections(marks);
    if (m_note)
        m_note->setNote(dangling.isEmpty() ? QString() : tr("Speaks of a picture that is not there: %1").arg(dangling.join(u", "_s)));
}

std::optional<QString> PromptMentions::typedMention() const
{
    const QTextCursor cursor = m_edit.textCursor();
    if (cursor.hasSelection() || !m_references.takesReferences())
        return std::nullopt;
    static const QRegularExpression mention(u"(?:^|[\\s(\\[\"'“])@(\\w*)$"_s, QRegularExpression::UseUnicodePropertiesOption);
    const QString before = cursor.block().text().left(cursor.positionInBlock());
    const QRegularExpressionMatch match = mention.match(before);
    return match.hasMatch() ? std::optional(match.captured(1)) : std::nullopt;
}

void PromptMentions::offer()
{
    const std::optional<QString> typed = m_edit.hasFocus() ? typedMention() : std::nullopt;
    m_offers->clear();
    if (typed)
        fill(*typed);
    if (m_offers->rowCount() == 0) {
        m_completer->popup()->hide();
        return;
    }
    QRect place = m_edit.cursorRect();
    place.setWidth(m_completer->popup()->sizeHintForColumn(0) + m_completer->popup()->verticalScrollBar()->sizeHint().width()
                   + spacing::group);
    m_completer->complete(place);
    m_completer->popup()->setCurrentIndex(m_completer->completionModel()->index(0, 0));
}

void PromptMentions::fill(const QString &typed)
{
    for (int row = 0; row < m_references.rowCount(); ++row) {
        const QModelIndex index = m_references.index(row);
        const QString name = index.data(ReferenceModel::NameRole).toString();
        const auto part = static_cast<ReferencePart>(index.data(ReferenceModel::PartRole).toInt());
        if (!fits(typed, row + 1, part, name))
            continue;
        const QIcon icon(QPixmap::fromImage(index.data(ReferenceModel::PictureRole).value<QImage>()));
        const auto add = [&](const QString &words) {
            auto *item = new QStandardItem(icon, words + u"  "_s + name.simplified().left(40));
            item->setData(words, wordsRole);
            m_offers->appendRow(item);
        };
        if (part != ReferencePart::None)
            add(wordsFor(part, row + 1));
        add(mentionOf(row + 1));
    }
}

void PromptMentions::insert(const QString &words)
{
    const std::optional<QString> typed = typedMention();
    if (!typed || words.isEmpty())
        return;
    QTextCursor cursor = m_edit.textCursor();
    cursor.movePosition(QTextCursor::Left, QTextCursor::KeepAnchor, int(typed->size()) + 1);
    cursor.insertText(words);
    m_edit.setTextCursor(cursor);
}

} // namespace plantain
