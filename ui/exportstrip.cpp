#include "exportstrip.h"

#include "errortext.h"
#include "exporter.h"
#include "icons.h"
#include "openlink.h"
#include "theme.h"

#include <QCoreApplication>
#include <QDir>
#include <QEvent>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

QString pictures(int count)
{
    return count == 1 ? ExportStrip::tr("1 picture") : ExportStrip::tr("%1 pictures").arg(count);
}

/// The first few of them.
QString namesOf(const QStringList &files)
{
    constexpr int named = 3;
    QStringList names;
    for (const QString &file : files.first(std::min<qsizetype>(named, files.size())))
        names << QFileInfo(file).fileName();
    if (files.size() > named)
        names << ExportStrip::tr("%1 more").arg(files.size() - named);
    return names.join(u", "_s);
}

} // namespace

QString exportSentence(const ExportOutcome &outcome)
{
    const QString folder = QDir::toNativeSeparators(outcome.folder);
    QStringList sentences;
    if (outcome.cancelled)
        sentences << ExportStrip::tr("Export cancelled.");
    if (outcome.exported > 0)
        sentences << ExportStrip::tr("%1 exported to %2.").arg(pictures(outcome.exported), folder);
    if (outcome.there > 0)
        sentences << (outcome.exported > 0 ? ExportStrip::tr("%1 already there, unchanged.").arg(outcome.there)
                                           : ExportStrip::tr("%1 already in %2, unchanged.").arg(pictures(outcome.there), folder));
    if (!outcome.failed.isEmpty())
        sentences << ExportStrip::tr("%1 could not be exported: %2.").arg(pictures(int(outcome.failed.size())), namesOf(outcome.failed));
    if (outcome.error)
        sentences << exportErrorText(*outcome.error);
    if (sentences.isEmpty())
        sentences << ExportStrip::tr("There was no picture to export.");
    return sentences.join(u' ');
}

ExportStrip::ExportStrip(Exporter &exporter, QWidget *parent)
    : QFrame(parent)
    , m_exporter(exporter)
    , m_icon(new QLabel(this))
    , m_text(new QLabel(this))
    , m_progress(new QProgressBar(this))
    , m_cancel(new QPushButton(tr("Cancel the export"), this))
    , m_open(new QPushButton(tr("Open the folder"), this))
    , m_close(new QToolButton(this))
{
    setObjectName(u"exportStrip"_s);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_progress->setTextVisible(false);
    m_progress->setFixedWidth(160);
    m_progress->setAccessibleName(tr("Export"));
    m_cancel->setToolTip(tr("What is exported already stays."));
    m_open->setToolTip(tr("Shows the exported pictures in the desktop's file manager."));
    m_close->setIcon(iconNamed(u"close"_s));
    m_close->setAutoRaise(true);
    m_close->setToolTip(tr("Dismiss (Esc)"));
    m_close->setAccessibleName(tr("Dismiss the message"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(spacing::page, spacing::tight, spacing::tight, spacing::tight);
    layout->setSpacing(spacing::related);
    m_icon->setFixedSize(16, 16);
    layout->addWidget(m_icon);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_progress);
    layout->addWidget(m_cancel);
    layout->addWidget(m_open);
    layout->addWidget(m_close);
    for (QWidget *control : std::initializer_list<QWidget *> { m_cancel, m_open, m_close })
        control->setFocusPolicy(Qt::TabFocus);
    setAutoFillBackground(true);
    setFrameShape(QFrame::NoFrame);
    colour();
    hide();

    connect(m_close, &QToolButton::clicked, this, &QWidget::hide);
    connect(m_cancel, &QPushButton::clicked, &m_exporter, &Exporter::cancel);
    connect(m_open, &QPushButton::clicked, this, [this] {
        if (!openFolder(m_folder))
            m_text->setText(tr("No file manager could be opened. The folder is %1").arg(QDir::toNativeSeparators(m_folder)));
    });
    connect(&m_exporter, &Exporter::started, this, &ExportStrip::started);
    connect(&m_exporter, &Exporter::progressed, this, [this](int done, int total) {
        m_text->setText(tr("Exporting %1 of %2").arg(std::min(done + 1, total)).arg(total));
        m_progress->setRange(0, total);
        m_progress->setValue(done);
    });
    connect(&m_exporter, &Exporter::finished, this, &ExportStrip::finished);
}

QString ExportStrip::text() const
{
    return m_text->text();
}

void ExportStrip::started(int total)
{
    m_bad = false;
    colour();
    m_text->setText(tr("Exporting %1").arg(pictures(total)));
    m_progress->setRange(0, 0);
    m_progress->show();
    m_cancel->show();
    m_open->hide();
    m_close->hide();
    show();
}

void ExportStrip::finished(const ExportOutcome &outcome)
{
    m_folder = outcome.folder;
    m_bad = outcome.error.has_value();
    colour();
    m_text->setText(exportSentence(outcome));
    m_progress->hide();
    m_cancel->hide();
    m_open->setVisible(outcome.exported + outcome.there > 0);
    m_close->show();
}

void ExportStrip::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange && !m_colouring)
        colour();
    QFrame::changeEvent(event);
}

void ExportStrip::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && m_close->isVisible())
        hide();
    else
        QFrame::keyPressEvent(event);
}

void ExportStrip::colour()
{
    m_colouring = true;
    const ThemeColours &colours = coloursOf(parentWidget() ? parentWidget()->palette() : palette());
    QPalette own;
    own.setColor(QPalette::Window, m_bad ? colours.badStrip : colours.strip);
    setPalette(own);
    m_icon->setPixmap(pixmapOfIcon(m_bad ? u"failed"_s : u"export"_s, 16, devicePixelRatioF(), m_bad ? colours.bad : colours.muted));
    m_colouring = false;
}

} // namespace plantain
