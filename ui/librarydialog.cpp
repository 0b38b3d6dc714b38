#include "librarydialog.h"

#include "mainwindow.h"

#include <QDir>
#include <QFileDialog>

namespace plantain {

void askForLibrary(MainWindow &window, const QString &current)
{
    auto *dialog = new QFileDialog(&window, MainWindow::tr("Open another library"), current);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    QObject::connect(dialog, &QFileDialog::fileSelected, &window, [&window, current](const QString &folder) {
        if (!folder.isEmpty() && QDir(folder) != QDir(current))
            Q_EMIT window.libraryChosen(folder);
    });
    dialog->open();
}

} // namespace plantain
