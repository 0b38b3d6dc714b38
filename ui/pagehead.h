#pragma once

#include "actions.h"
#include "backdrop.h"
#include "zoombox.h"

#include <QAction>
#include <QWidget>

class QHBoxLayout;
class QToolButton;

namespace plantain {

/// The bar over a page of pictures: actions as buttons, reached by Tab. A narrow window cuts it rather than grow.
class PageHead final : public QWidget
{
    Q_OBJECT
public:
    explicit PageHead(QWidget *parent);

    QToolButton *add(QAction *action);
    QToolButton *addMenu(const QString &icon, const QString &name, const QString &help, const QList<QAction *> &actions);
    void addWidget(QWidget *widget);
    void addGap();
    void addStretch();
    ZoomBox *addZoom(const Actions &actions); ///< out, how large, in, fit, 100 %

private:
    QHBoxLayout *m_row;
};

/// Has a view of pictures follow the actions of zoom and backdrop, which several pages share: while `page` is seen. The view
/// has zoomStep(), zoomTo(), fit(), toggleFit() and setBackdrop().
template <class View>
void followViewActions(QWidget *page, View *view, const Actions &actions, const ZoomBox *zoom)
{
    const auto on = [page](QAction *action, auto handler) {
        QObject::connect(action, &QAction::triggered, page, [page, handler] {
            if (page->isVisible())
                handler();
        });
    };
    on(actions.zoomIn, [view] { view->zoomStep(1); });
    on(actions.zoomOut, [view] { view->zoomStep(-1); });
    on(actions.zoomFit, [view] { view->fit(); });
    on(actions.zoomActual, [view] { view->zoomTo(1); });
    on(actions.zoomToggle, [view] { view->toggleFit(); });
    const QList<QAction *> backdrops = actions.backdrops();
    for (int number = 0; number < backdrops.size(); ++number) {
        QObject::connect(backdrops.at(number), &QAction::toggled, view, [view, number](bool chosen) {
            if (chosen)
                view->setBackdrop(Backdrop(number));
        });
    }
    QObject::connect(zoom, &ZoomBox::fitRequested, view, &View::fit);
    QObject::connect(zoom, &ZoomBox::scaleRequested, view, &View::zoomTo);
}

} // namespace plantain
