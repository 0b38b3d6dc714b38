#include "offerstrip.h"

#include "explain.h"
#include "notelabel.h"
#include "theme.h"

#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace plantain {

OfferStrip::OfferStrip(QWidget *parent)
    : QFrame(parent)
    , m_sentence(new NoteLabel(NoteLabel::Rank::Attention, this))
    , m_button(new QPushButton(this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(spacing::tight);
    layout->addWidget(m_sentence);
    layout->addWidget(m_button, 0, Qt::AlignLeft);
    connect(m_button, &QPushButton::clicked, this, &OfferStrip::accepted);
    hide();
}

void OfferStrip::setOffer(const QString &sentence, const QString &button)
{
    setVisible(!sentence.isEmpty());
    m_sentence->setNote(sentence);
    m_button->setText(QString(button).replace(u'&', u"&&"_s));
    explain(m_button, sentence);
}

QString OfferStrip::sentence() const
{
    return isHidden() ? QString() : m_sentence->text();
}

} // namespace plantain
