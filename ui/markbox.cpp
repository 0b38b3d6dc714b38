#include "markbox.h"

#include "calmcombobox.h"
#include "galleryroles.h"
#include "iconbutton.h"
#include "icons.h"
#include "marking.h"
#include "markpaint.h"
#include "theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

constexpr int buttonWidth = 24; ///< seven of them fit into a narrow panel

QIcon dot(ColourLabel label)
{
    QPixmap pixmap(16, 16);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colourOf(label));
    painter.drawEllipse(2, 2, 12, 12);
    return pixmap;
}

} // namespace

MarkBox::MarkBox(Marking &marking, QWidget *parent)
    : QWidget(parent)
    , m_marking(marking)
    , m_keep(iconButton(u"keep"_s, tr("Keep (P)"), this))
    , m_reject(iconButton(u"reject"_s, tr("Reject (X)"), this))
    , m_label(new CalmComboBox(this))
    , m_collections(new QLabel(this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(spacing::tight);
    auto *row = new QHBoxLayout;
    row->setSpacing(0);
    const auto add = [row](QToolButton *button) {
        button->setFixedWidth(buttonWidth);
        row->addWidget(button);
    };
    for (int stars = 1; stars <= mostStars; ++stars) {
        auto *button = iconButton(u"star"_s, stars == 1 ? tr("1 star (1)") : tr("%1 stars (%1)").arg(stars), this);
        connect(button, &QToolButton::clicked, this, [this, stars] {
            m_marking.setRating({ m_picture }, m_marks.rating == stars ? 0 : stars); // once more takes it away
        });
        add(button);
        m_stars.push_back(button);
    }
    row->addSpacing(spacing::tight);
    const auto addFlag = [this, &add](QToolButton *button, Flag flag) {
        button->setCheckable(true);
        connect(button, &QToolButton::clicked, this, [this, flag] {
            m_marking.setFlag({ m_picture }, m_marks.flag == flag ? Flag::None : flag);
        });
        add(button);
    };
    addFlag(m_keep, Flag::Keep);
    addFlag(m_reject, Flag::Reject);
    row->addStretch();
    for (int number = 0; number < labelCount; ++number)
        m_label->addItem(number ? dot(ColourLabel(number)) : QIcon(), nameOf(ColourLabel(number)));
    m_label->setAccessibleName(tr("Colour label"));
    m_label->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_label->setMinimumContentsLength(4);
    connect(m_label, &QComboBox::activated, this, [this](int number) { m_marking.setLabel({ m_picture }, ColourLabel(number)); });
    m_label->setMinimumWidth(60);
    layout->addLayout(row);
    layout->addWidget(m_label);
    m_collections->setTextFormat(Qt::PlainText);
    m_collections->setWordWrap(true);
    layout->addWidget(m_collections);
}

void MarkBox::showMarks(const PictureId &picture, const Marks &marks)
{
    m_picture = picture;
    m_marks = marks;
    for (size_t star = 0; star < m_stars.size(); ++star)
        m_stars[star]->setIcon(iconNamed(star < marks.rating ? u"star-filled"_s : u"star"_s));
    m_keep->setChecked(marks.flag == Flag::Keep);
    m_reject->setChecked(marks.flag == Flag::Reject);
    m_label->setCurrentIndex(int(marks.label));
    m_collections->setText(tr("In %1").arg(marks.collections.join(u", ")));
    m_collections->setVisible(!marks.collections.isEmpty());
}

} // namespace plantain
