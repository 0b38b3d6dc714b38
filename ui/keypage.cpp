#include "keypage.h"

#include "errortext.h"
#include "explain.h"
#include "keytext.h"
#include "notelabel.h"
#include "openlink.h"
#include "session.h"
#include "servers.h"
#include "shownkey.h"
#include "theme.h"
#include "whenfinished.h"

#include <QCheckBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace plantain {

KeyPage::KeyPage(Session &session, const QString &server, QWidget *parent)
    : QDialog(parent)
    , m_session(session)
    , m_keys(session.servers().keys())
    , m_server(server)
    , m_state(new NoteLabel(NoteLabel::Rank::Muted, this))
    , m_answer(new NoteLabel(NoteLabel::Rank::Muted, this))
    , m_use(new QPushButton(tr("&Use it for new runs"), this))
{
    setWindowTitle(tr("Key"));
    setAttribute(Qt::WA_DeleteOnClose);
    auto *heading = new QLabel(tr("Key of %1").arg(server), this);
    heading->setTextFormat(Qt::PlainText);
    heading->setWordWrap(true);
    QFont bold = heading->font();
    bold.setWeight(QFont::DemiBold);
    heading->setFont(bold);
    auto *about = new NoteLabel(NoteLabel::Rank::Muted, this);
    about->setNote(tr("Goes to %1 and to nobody else. Testing it is free.").arg(server));
    m_state->setObjectName(u"keyState"_s);
    m_answer->setObjectName(u"keyAnswer"_s);
    m_use->setObjectName(u"useServer"_s);
    m_use->setAutoDefault(false);
    explain(m_use, tr("New runs go to %1 from now on, and cost what stands on Generate").arg(server));
    connect(m_use, &QPushButton::clicked, this, [this] {
        Q_EMIT serverWanted(m_server);
        close();
    });

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(spacing::group, spacing::group, spacing::group, spacing::page);
    layout->setSpacing(spacing::related);
    layout->addWidget(heading);
    layout->addWidget(about);
    layout->addSpacing(spacing::tight);
    layout->addWidget(m_state);
    layout->addLayout(buildEntry());
    auto *answer = new QHBoxLayout;
    answer->setSpacing(spacing::related);
    answer->addWidget(m_answer, 1);
    answer->addWidget(m_use, 0, Qt::AlignRight);
    layout->addLayout(answer);
    layout->addStretch(1);
    layout->addSpacing(spacing::tight);
    layout->addLayout(buildButtons());

    connect(&m_keys, &Keys::changed, this, [this](const QString &changed) {
        if (changed == m_server)
            showState();
    });
    connect(&m_session, &Session::serverChanged, this, &KeyPage::showState);
    whenFinished(m_keys.load(m_server), this, [this](const Keys::Done &done) {
        m_keyring = done;
        showState();
    });
    showState();
    m_key->setFocus();
}

QLayout *KeyPage::buildEntry()
{
    m_key = new QLineEdit(this);
    m_key->setObjectName(u"key"_s);
    m_key->setEchoMode(QLineEdit::Password);
    m_key->setAccessibleName(tr("Key"));
    m_key->setMinimumHeight(spacing::control);
    auto *label = new QLabel(tr("&Key"), this);
    label->setTextFormat(Qt::PlainText);
    label->setBuddy(m_key);
    m_show = new QCheckBox(tr("S&how"), this);
    explain(m_show, tr("Shows what was entered in clear, below"));
    m_keep = new QCheckBox(tr("Keep it in the &desktop's keyring"), this);
    m_keep->setChecked(true);
    m_shown = new ShownKey(this);

    auto *line = new QHBoxLayout;
    line->setSpacing(spacing::related);
    line->addWidget(label);
    line->addWidget(m_key, 1);
    line->addWidget(m_show);
    auto *entry = new QVBoxLayout;
    entry->setSpacing(spacing::related);
    entry->addLayout(line);
    entry->addWidget(m_shown);
    entry->addWidget(m_keep);

    connect(m_key, &QLineEdit::textChanged, this, [this] {
        m_answer->setNote({});
        ++m_trial;
        showTyped();
    });
    connect(m_show, &QCheckBox::toggled, this, &KeyPage::showTyped);
    connect(m_keep, &QCheckBox::toggled, this, &KeyPage::showState);
    return entry;
}

QLayout *KeyPage::buildButtons()
{
    const auto button = [this](const QString &name, const QString &text, const QString &help, void (KeyPage::*pressed)()) {
        auto *made = new QPushButton(text, this);
        made->setObjectName(name);
        made->setAutoDefault(false);
        explain(made, help);
        connect(made, &QPushButton::clicked, this, pressed);
        return made;
    };
    m_test = button(u"testKey"_s, tr("&Test"), tr("Asks %1 whether it takes the key; nothing is charged").arg(m_server), &KeyPage::test);
    m_save = button(u"saveKey"_s, tr("&Save"), tr("Uses the key from now on"), &KeyPage::save);
    m_forget = button(u"forgetKey"_s, tr("&Forget"), tr("Uses the key no more and takes it out of the keyring"), &KeyPage::forget);
    m_save->setProperty(primaryProperty, true);
    m_save->setDefault(true);
    m_save->setMaximumHeight(spacing::control); // as the others of its row
    auto *cancel = new QPushButton(tr("&Close"), this);
    cancel->setAutoDefault(false);
    connect(cancel, &QPushButton::clicked, this, &QDialog::close);

    auto *row = new QHBoxLayout;
    row->setSpacing(spacing::related);
    if (m_server == Server::fal().name) {
        auto *page = new QPushButton(tr("&Get a key…"), this);
        page->setAutoDefault(false);
        explain(page, tr("Opens fal's page of keys in the browser"));
        connect(page, &QPushButton::clicked, this, [] { openPage(keysPage()); });
        row->addWidget(page);
    }
    row->addWidget(m_forget);
    row->addStretch(1);
    row->addWidget(m_test);
    row->addWidget(m_save);
    row->addWidget(cancel);
    return row;
}

std::optional<QByteArray> KeyPage::typedKey()
{
    const Result<QByteArray> key = keyFromText(m_key->text());
    if (key)
        return *key;
    m_answer->setRank(NoteLabel::Rank::Bad);
    m_answer->setNote(errorText(key.error()).what);
    m_key->setFocus();
    return std::nullopt;
}

void KeyPage::test()
{
    const std::optional<QByteArray> key = m_key->text().isEmpty() ? std::optional(m_keys.key(m_server)) : typedKey();
    if (!key)
        return;
    m_answer->setRank(NoteLabel::Rank::Muted);
    m_answer->setNote(tr("Asking %1…").arg(m_server));
    whenFinished(m_session.tryKey(m_server, *key), this, [this, trial = ++m_trial](const Keys::Done &refused) {
        if (trial != m_trial)
            return;
        m_answer->setRank(refused ? NoteLabel::Rank::Bad : NoteLabel::Rank::Muted);
        m_answer->setNote(refused ? errorText(*refused).what : tr("%1 accepts the key.").arg(m_server));
    });
}

void KeyPage::save()
{
    const std::optional<QByteArray> key = typedKey();
    if (!key)
        return;
    m_key->clear();
    m_show->setChecked(false);
    if (!m_keep->isChecked()) {
        m_keys.useForSession(m_server, *key);
        sayStored(tr("Used until Plantain ends."), {});
        return;
    }
    m_answer->setRank(NoteLabel::Rank::Muted);
    m_answer->setNote(tr("Waiting for the desktop's keyring…")); // which may ask for its password
    whenFinished(m_keys.keep(m_server, *key), this,
                 [this](const Keys::Done &done) { sayStored(tr("Kept in the keyring."), done); });
}

void KeyPage::forget()
{
    whenFinished(m_keys.forget(m_server), this, [this](const Keys::Done &done) { sayStored(tr("Forgotten."), done); });
}

void KeyPage::sayStored(const QString &good, const Keys::Done &done)
{
    m_answer->setRank(done ? NoteLabel::Rank::Attention : NoteLabel::Rank::Muted);
    m_answer->setNote(done ? errorText(*done).what : good);
    if (done)
        m_keyring = done;
    showState();
}

void KeyPage::showState()
{
    const Keys::Origin origin = m_keys.origin(m_server);
    const bool fixed = origin == Keys::Origin::Environment;
    const bool keyring = !m_keyring;
    QString state;
    switch (origin) {
    case Keys::Origin::None:
        state = m_keys.isLoading(m_server) ? tr("Asking the desktop's keyring…") : tr("There is no key yet.");
        break;
    case Keys::Origin::Environment:
        state = tr("In use is the key that was in FAL_KEY when Plantain started. It goes before any other; to use another "
                   "one, start without it.");
        break;
    case Keys::Origin::Store:
        state = tr("In use is the key in the desktop's keyring.");
        break;
    case Keys::Origin::Session:
        state = tr("In use is a key for this session only; it is gone when Plantain ends.");
        break;
    }
    if (!keyring && !fixed)
        state += u' ' + errorText(*m_keyring).what + u' ' + tr("A key entered here is for this session only.");
    m_state->setNote(state);
    for (QWidget *widget : std::initializer_list<QWidget *> { m_key, m_show, m_save })
        widget->setEnabled(!fixed);
    if (!keyring)
        m_keep->setChecked(false);
    m_keep->setEnabled(keyring && !fixed);
    m_save->setText(m_keep->isChecked() ? tr("&Save") : tr("U&se for this session only"));
    m_forget->setEnabled(origin == Keys::Origin::Store || origin == Keys::Origin::Session);
    m_use->setVisible(m_session.server().name != m_server && !m_keys.key(m_server).isEmpty());
    showTyped();
}

void KeyPage::resizeEvent(QResizeEvent *event)
{
    QDialog::resizeEvent(event);
    grow();
}

bool KeyPage::event(QEvent *event)
{
    const bool done = QDialog::event(event);
    if (event->type() == QEvent::LayoutRequest)
        grow();
    return done;
}

/// The buttons' words change after the page is shown, and sentences of several lines need more height than the layout asks a
/// window for.
void KeyPage::grow()
{
    constexpr int leastWidth = 500;
    const int wide = std::max({ leastWidth, layout()->totalMinimumSize().width(), width() });
    const int high = std::max(layout()->totalHeightForWidth(wide), height());
    if (size() != QSize(wide, high))
        resize(wide, high);
}

void KeyPage::showTyped()
{
    m_shown->setVisible(m_show->isChecked());
    m_shown->setText(m_show->isChecked() ? m_key->text() : QString());
    m_test->setEnabled(!m_key->text().isEmpty() || !m_keys.key(m_server).isEmpty());
}

} // namespace plantain
