#include "pictureinfobox.h"

#include "theme.h"

#include <QEvent>
#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

constexpr int promptLength = 220; // about three lines
constexpr int widest = 560;

} // namespace

PictureInfoBox::PictureInfoBox(QWidget *parent)
    : QFrame(parent)
    , m_prompt(new QLabel(this))
    , m_facts(new QLabel(this))
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(spacing::page, spacing::related, spacing::page, spacing::related);
    layout->setSpacing(spacing::tight);
    for (QLabel *label : { m_prompt, m_facts }) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        layout->addWidget(label);
    }
    colour();
}

void PictureInfoBox::setPrompt(const QString &prompt)
{
    const QString line = prompt.simplified();
    m_prompt->setText(line.size() > promptLength ? line.left(promptLength).trimmed() + u'…' : line);
    m_prompt->setVisible(!line.isEmpty());
}

void PictureInfoBox::setFacts(const QStringList &facts)
{
    QStringList known = facts;
    known.removeAll(QString());
    m_facts->setText(known.join(u"  ·  "_s));
}

QString PictureInfoBox::text() const
{
    return m_prompt->text() + u'\n' + m_facts->text();
}

void PictureInfoBox::place(const QRect &within)
{
    const int width = std::min(widest, within.width() - 2 * spacing::page);
    const int height = layout()->totalHeightForWidth(width);
    setGeometry(within.left() + spacing::page, within.bottom() + 1 - spacing::page - height, width, height);
}

void PictureInfoBox::paintEvent(QPaintEvent *)
{
    // On a picture of any colour, so it brings its own ground.
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor ground = palette().color(QPalette::Window);
    ground.setAlpha(240);
    painter.setBrush(ground);
    painter.setPen(coloursOf(palette()).border);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
}

void PictureInfoBox::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange && !m_colouring)
        colour();
    QFrame::changeEvent(event);
}

void PictureInfoBox::colour()
{
    m_colouring = true;
    QPalette own;
    own.setColor(QPalette::WindowText, coloursOf(palette()).muted);
    m_facts->setPalette(own);
    m_colouring = false;
}

} // namespace plantain
