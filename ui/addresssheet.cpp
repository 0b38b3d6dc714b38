#include "addresssheet.h"

#include "errortext.h"
#include "explain.h"
#include "notelabel.h"
#include "server.h"
#include "theme.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace plantain {

AddressSheet::AddressSheet(QWidget *parent)
    : QDialog(parent)
    , m_address(new QLineEdit(this))
    , m_problem(new NoteLabel(NoteLabel::Rank::Bad, this))
{
    setWindowTitle(tr("Another server"));
    setAttribute(Qt::WA_DeleteOnClose);
    auto *about = new QLabel(tr("Any server that speaks fal's protocol, with queue, storage and files below one address."), this);
    about->setTextFormat(Qt::PlainText);
    about->setWordWrap(true);
    auto *label = new QLabel(tr("&Address"), this);
    label->setTextFormat(Qt::PlainText);
    label->setBuddy(m_address);
    m_address->setObjectName(u"address"_s);
    m_address->setAccessibleName(tr("Address"));
    m_address->setPlaceholderText(u"https://"_s);
    m_address->setMinimumHeight(spacing::control);
    explain(m_address, tr("https, or http for a server on this machine"));

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    auto *use = buttons->addButton(tr("Use this server"), QDialogButtonBox::AcceptRole);
    use->setProperty(primaryProperty, true);
    use->setDefault(true);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    connect(buttons, &QDialogButtonBox::accepted, this, &AddressSheet::take);
    connect(m_address, &QLineEdit::textEdited, this, [this] { m_problem->setNote({}); });

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(spacing::group, spacing::group, spacing::group, spacing::page);
    layout->setSpacing(spacing::related);
    layout->addWidget(about);
    layout->addSpacing(spacing::tight);
    layout->addWidget(label);
    layout->addWidget(m_address);
    layout->addWidget(m_problem);
    layout->addSpacing(spacing::tight);
    layout->addStretch(1);
    layout->addWidget(buttons);
    setMinimumWidth(440);
    m_address->setFocus();
}

void AddressSheet::take()
{
    const Result<Server> server = Server::parse(m_address->text());
    if (!server) {
        QString problem = errorText(server.error()).what;
        problem[0] = problem[0].toUpper();
        m_problem->setNote(problem);
        m_address->setFocus();
        return;
    }
    Q_EMIT entered(server->name);
    close();
}

} // namespace plantain
