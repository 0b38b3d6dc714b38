#include "accessiblepicture.h"

#include "comparepane.h"
#include "picturecanvas.h"

#include <QAccessibleWidget>

namespace plantain {

namespace {

class AccessiblePicture final : public QAccessibleWidget
{
public:
    explicit AccessiblePicture(QWidget *widget)
        : QAccessibleWidget(widget, QAccessible::Graphic)
    {
    }
};

QAccessibleInterface *make(const QString &, QObject *object)
{
    const bool isPicture = qobject_cast<ComparePane *>(object) || qobject_cast<PictureCanvas *>(object);
    return isPicture ? new AccessiblePicture(static_cast<QWidget *>(object)) : nullptr;
}

} // namespace

void announcePictures()
{
    QAccessible::installFactory(make);
}

} // namespace plantain
