#pragma once

#include "galleryfilter.h"

#include <QWidget>

class QComboBox;
class QGridLayout;
class QLabel;
class QSlider;

namespace plantain {

struct Actions;
class FilterBar;
class SearchField;

/// The head of the gallery: how many tiles, how large; which are shown, and in which order. Says what a person wants and
/// changes nothing by itself.
class GalleryHead final : public QWidget
{
    Q_OBJECT
public:
    /// `model` and `actions` outlive it.
    GalleryHead(const GalleryModel &model, const Actions &actions, QWidget *parent = nullptr);

    TileFilter filter() const;
    void clearFilter();
    void showGroup(TileGroup group);
    void focusFilter();
    SearchField *search() const { return m_text; }
    void setSort(GallerySort sort);
    void setGrouping(Grouping grouping);
    void setCount(int shown, int all, int selected); ///< tiles
    bool showsCounts() const; ///< the finer choices are there, each with its count
    void setCounts(const TileCounts &counts);
    QSlider *slider() const { return m_slider; }
    QSize minimumSizeHint() const override; ///< that of the narrow arrangement

Q_SIGNALS:
    void filterChanged(const plantain::TileFilter &filter);
    void sortChosen(plantain::GallerySort sort); ///< by the person
    void groupingChosen(plantain::Grouping grouping);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    QLayout *buildFirstLine(const Actions &actions);
    void buildChoices();
    void arrange();
    void listEndpoints();
    void colour();

    const GalleryModel &m_model;
    QLabel *m_count;
    QSlider *m_slider;
    SearchField *m_text;
    QComboBox *m_group, *m_endpoint, *m_sort;
    QGridLayout *m_choices;
    FilterBar *m_bar;
    bool m_narrow = false;
    bool m_colouring = false;
};

} // namespace plantain
