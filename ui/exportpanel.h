#pragma once

#include "exportitems.h"

#include <QTimer>
#include <QWidget>

class QCheckBox;
class QLabel;
class QLineEdit;
class QListView;
class QPushButton;
class QStringListModel;
class QToolButton;

namespace plantain {

class Exporter;
class NoteLabel;
class SectionHeading;

/// Where the selected pictures go and under which names, with the names shown as they will be. A sheet in the window:
/// nothing waits for it.
class ExportPanel final : public QWidget
{
    Q_OBJECT
public:
    /// `exporter` outlives the panel.
    explicit ExportPanel(Exporter &exporter, QWidget *parent = nullptr);

    void setOptions(const ExportOptions &options);
    ExportOptions options() const;
    /// What is selected now.
    void setPictures(const std::vector<PictureId> &pictures);
    void open(); ///< shows it and puts the keyboard into it

Q_SIGNALS:
    void exportRequested(const plantain::ExportOptions &options);
    void closed(); ///< by the person, or because the export began

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    QWidget *buildForm();
    QWidget *buildPreview();
    void chooseFolder();
    void changed();
    void look();
    void showPreview(const ExportPreview &preview);
    void refreshButton();
    void submit();
    void leave();

    Exporter &m_exporter;
    std::vector<PictureId> m_pictures;
    QLineEdit *m_folder = nullptr, *m_names = nullptr;
    QCheckBox *m_sidecars = nullptr;
    NoteLabel *m_folderError = nullptr, *m_namesError = nullptr;
    SectionHeading *m_previewTitle = nullptr;
    QListView *m_list = nullptr;
    QStringListModel *m_listModel = nullptr;
    QPushButton *m_export = nullptr;
    QTimer m_timer;
    bool m_folderIsBad = false;
};

} // namespace plantain
