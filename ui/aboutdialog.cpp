#include "aboutdialog.h"

#include "icons.h"
#include "theme.h"

#include <QCoreApplication>
#include <QDialogButtonBox>
#include <QLabel>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace plantain {

AboutDialog::AboutDialog(QWidget *parent)
    : QDialog(parent)
{
    setWindowTitle(tr("About Plantain"));
    setAttribute(Qt::WA_DeleteOnClose);
    auto *mark = new QLabel(this);
    mark->setPixmap(pixmapOfIcon(u"plantain"_s, 48, devicePixelRatioF(), Qt::black));
    auto *text = new QLabel(this);
    text->setTextFormat(Qt::PlainText);
    text->setWordWrap(true);
    text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    text->setText(tr("Plantain %1\n\nA desktop playground for image models on fal: write, generate, compare, keep. "
                     "Every picture, prompt and parameter stays in a folder of yours.\n\n"
                     "Every picture carries Google's invisible SynthID mark, which export leaves in place. Pictures made "
                     "through fal may be used commercially.\n\nQt %2")
                      .arg(QCoreApplication::applicationVersion(), QLatin1StringView(qVersion())));
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(spacing::group);
    layout->addWidget(mark);
    layout->addWidget(text);
    layout->addWidget(buttons);
    setMinimumWidth(360);
}

} // namespace plantain
