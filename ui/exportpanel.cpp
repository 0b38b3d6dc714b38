#include "exportpanel.h"

#include "errortext.h"
#include "explain.h"
#include "exporter.h"
#include "icons.h"
#include "notelabel.h"
#include "sectionheading.h"
#include "theme.h"

#include <QCheckBox>
#include <QDir>
#include <QFileDialog>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QHash>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QStandardPaths>
#include <QStringListModel>
#include <QToolButton>

#include <chrono>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace plantain {

namespace {

constexpr int mostHeight = 216; // the gallery above it stays in sight
constexpr int buttonWidth = 160;

QString helpOf(const QString &token)
{
    static const QHash<QString, QString> help {
        { u"date"_s, ExportPanel::tr("day of the run, 2026-11-22") },
        { u"time"_s, ExportPanel::tr("time of the run, 081500") },
        { u"prompt"_s, ExportPanel::tr("first words of the prompt") },
        { u"index"_s, ExportPanel::tr("number of the picture in its run") },
        { u"number"_s, ExportPanel::tr("number in this export") },
        { u"seed"_s, ExportPanel::tr("seed that was sent") },
        { u"size"_s, ExportPanel::tr("pixels, 1024x1024") },
        { u"endpoint"_s, ExportPanel::tr("model and what it did") },
        { u"run"_s, ExportPanel::tr("id of the run") },
    };
    return help.value(token);
}

} // namespace

ExportPanel::ExportPanel(Exporter &exporter, QWidget *parent)
    : QWidget(parent)
    , m_exporter(exporter)
{
    setObjectName(u"exportPanel"_s);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(spacing::page, spacing::related, spacing::page, spacing::page);
    layout->setSpacing(spacing::group);
    layout->addWidget(buildForm(), 3);
    layout->addWidget(buildPreview(), 2);
    setMaximumHeight(mostHeight);
    m_timer.setSingleShot(true);
    m_timer.setInterval(80ms);
    connect(&m_timer, &QTimer::timeout, this, &ExportPanel::look);
    connect(&m_exporter, &Exporter::previewed, this, &ExportPanel::showPreview);
    connect(&m_exporter, &Exporter::started, this, &ExportPanel::refreshButton);
    connect(&m_exporter, &Exporter::finished, this, &ExportPanel::changed);
    hide();
}

QWidget *ExportPanel::buildForm()
{
    auto *form = new QWidget(this);
    auto *grid = new QGridLayout(form);
    grid->setContentsMargins({});
    grid->setHorizontalSpacing(spacing::related);
    grid->setVerticalSpacing(spacing::tight);
    grid->setColumnStretch(1, 1);
    const auto line = [this, grid, form](int row, const QString &title, QLineEdit *&edit, NoteLabel *&error) {
        auto *label = new QLabel(title, form);
        label->setTextFormat(Qt::PlainText);
        edit = new QLineEdit(form);
        edit->setMinimumHeight(spacing::control);
        edit->setAccessibleName(title);
        label->setBuddy(edit);
        error = new NoteLabel(NoteLabel::Rank::Bad, form);
        grid->addWidget(label, row, 0);
        grid->addWidget(edit, row, 1);
        grid->addWidget(error, row + 1, 1, 1, 2);
        connect(edit, &QLineEdit::textChanged, this, &ExportPanel::changed);
        connect(edit, &QLineEdit::returnPressed, this, &ExportPanel::submit);
    };
    grid->addWidget(new SectionHeading(tr("Export"), form), 0, 0, 1, 3);
    line(1, tr("Folder"), m_folder, m_folderError);
    explain(m_folder, tr("It is made when it is not there. Nothing in it is ever replaced."));
    line(3, tr("Names"), m_names, m_namesError);

    auto *browse = new QPushButton(tr("Choose…"), form);
    explain(browse, tr("Choose the folder."));
    connect(browse, &QPushButton::clicked, this, &ExportPanel::chooseFolder);
    grid->addWidget(browse, 1, 2);

    auto *tokens = new QPushButton(tr("Insert"), form);
    explain(tokens, tr("Puts in what differs from picture to picture."));
    auto *menu = new QMenu(tokens);
    QStringList words;
    for (const QString &token : exportTokens()) {
        const QString braced = u'{' + token + u'}';
        words << tr("%1 %2", "token and what it stands for").arg(braced, helpOf(token));
        menu->addAction(words.last(), this, [this, braced] {
            m_names->insert(braced);
            m_names->setFocus();
        });
    }
    tokens->setMenu(menu);
    explain(m_names, words.join(u'\n'));
    grid->addWidget(tokens, 3, 2);

    auto *known = new NoteLabel(NoteLabel::Rank::Muted, form);
    known->setNote(u'{' + exportTokens().join(u"} {"_s) + u'}');
    grid->addWidget(known, 5, 1, 1, 2);
    m_sidecars = new QCheckBox(tr("With a .json beside each picture: prompt, parameters, seed"), form);
    connect(m_sidecars, &QCheckBox::toggled, this, &ExportPanel::changed);
    grid->addWidget(m_sidecars, 6, 1, 1, 2);
    auto *mark = new NoteLabel(NoteLabel::Rank::Muted, form);
    mark->setNote(tr("Copied byte for byte. The pictures carry Google's invisible SynthID mark; made through fal, they may "
                     "be used commercially."));
    grid->addWidget(mark, 7, 1, 1, 2);
    grid->setRowStretch(8, 1);
    return form;
}

QWidget *ExportPanel::buildPreview()
{
    auto *side = new QWidget(this);
    auto *layout = new QVBoxLayout(side);
    layout->setContentsMargins({});
    layout->setSpacing(spacing::related);
    m_previewTitle = new SectionHeading({}, side);
    auto *close = new QToolButton(side);
    close->setIcon(iconNamed(u"close"_s));
    close->setAutoRaise(true);
    close->setAccessibleName(tr("Close the export"));
    close->setToolTip(tr("Close the export (Esc)"));
    connect(close, &QToolButton::clicked, this, &ExportPanel::leave);
    m_previewTitle->addButton(close);
    m_listModel = new QStringListModel(this);
    m_list = new QListView(side);
    m_list->setModel(m_listModel);
    m_list->setAccessibleName(tr("Names of the files"));
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setUniformItemSizes(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setTextElideMode(Qt::ElideMiddle);
    m_list->setTabKeyNavigation(false);
    m_list->setMinimumHeight(64);
    m_export = new QPushButton(side);
    m_export->setProperty(primaryProperty, true);
    m_export->setMinimumSize(buttonWidth, spacing::control);
    connect(m_export, &QPushButton::clicked, this, &ExportPanel::submit);
    auto *row = new QHBoxLayout;
    row->addStretch();
    row->addWidget(m_export);
    layout->addWidget(m_previewTitle);
    layout->addWidget(m_list, 1);
    layout->addLayout(row);
    return side;
}

void ExportPanel::setOptions(const ExportOptions &options)
{
    m_folder->setText(options.folder.isEmpty()
                          ? QStandardPaths::writableLocation(QStandardPaths::PicturesLocation) + u"/Plantain"_s
                          : options.folder);
    m_names->setText(options.names);
    m_sidecars->setChecked(options.sidecars);
}

ExportOptions ExportPanel::options() const
{
    QString folder = m_folder->text().trimmed();
    if (folder == u"~"_s || folder.startsWith(u"~/"_s))
        folder.replace(0, 1, QDir::homePath());
    return { .folder = folder.isEmpty() ? QString() : QDir::cleanPath(folder),
             .names = m_names->text(),
             .sidecars = m_sidecars->isChecked() };
}

void ExportPanel::setPictures(const std::vector<PictureId> &pictures)
{
    m_pictures = pictures;
    if (isVisible())
        changed();
}

void ExportPanel::open()
{
    show();
    m_names->setFocus(Qt::ShortcutFocusReason);
    changed();
}

void ExportPanel::chooseFolder()
{
    auto *dialog = new QFileDialog(this, tr("Export to"), options().folder);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, m_folder, &QLineEdit::setText);
    dialog->open();
}

void ExportPanel::changed()
{
    const ExportOptions now = options();
    m_namesError->setNote(complaintAboutTemplate(now.names));
    m_folderIsBad = !QDir::isAbsolutePath(now.folder);
    m_folderError->setNote(m_folderIsBad ? tr("A folder's path begins with / or ~/.") : QString());
    refreshButton();
    if (!m_namesError->text().isEmpty() || m_folderIsBad) {
        m_timer.stop();
        m_listModel->setStringList({});
    } else if (isVisible()) {
        m_timer.start();
    }
}

void ExportPanel::look()
{
    m_exporter.preview(m_pictures, options());
}

void ExportPanel::showPreview(const ExportPreview &preview)
{
    if (!m_namesError->text().isEmpty() || m_folderIsBad)
        return; // it was asked for before that
    QStringList names;
    for (const ExportName &name : preview.names)
        names << (name.isThere ? tr("%1 (there already; left if it is the same)").arg(name.name) : name.name);
    const int more = preview.total - int(preview.names.size());
    if (more > 0)
        names << tr("and %1 more").arg(more);
    m_listModel->setStringList(names);
    if (preview.folderError) {
        m_folderIsBad = true;
        m_folderError->setNote(exportErrorText(*preview.folderError));
    }
    refreshButton();
}

void ExportPanel::refreshButton()
{
    const int count = int(m_pictures.size());
    const QString counted = count == 1 ? tr("1 picture") : tr("%1 pictures").arg(count);
    m_previewTitle->setTitle(count == 0 ? tr("No picture selected") : counted);
    m_export->setText(count == 0 ? tr("Export") : tr("Export %1").arg(counted));
    m_export->setEnabled(count > 0 && !m_exporter.isRunning() && !m_folderIsBad && m_namesError->text().isEmpty());
    explain(m_export, m_exporter.isRunning() ? tr("An export is under way.") : tr("Copies the selected pictures (Return)."));
}

void ExportPanel::submit()
{
    if (!m_export->isEnabled())
        return;
    Q_EMIT exportRequested(options());
    leave();
}

void ExportPanel::leave()
{
    hide();
    Q_EMIT closed();
}

void ExportPanel::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(0, 0, width(), 1, coloursOf(palette()).border);
}

void ExportPanel::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        leave();
    else
        QWidget::keyPressEvent(event);
}

} // namespace plantain
