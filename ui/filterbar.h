#pragma once

#include "galleryfilter.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QGridLayout;

namespace plantain {

/// The finer choices of the gallery, each with how many tiles it would show, and what is grouped. Says what a person
/// wants and changes nothing by itself.
class FilterBar final : public QWidget
{
    Q_OBJECT
public:
    explicit FilterBar(QWidget *parent = nullptr);

    void putInto(TileFilter &filter) const;
    void clear();
    void setGrouping(Grouping grouping);
    void setCounts(const TileCounts &counts);

Q_SIGNALS:
    void changed(); ///< what putInto() gives
    void groupingChosen(plantain::Grouping grouping); ///< by the person

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    QComboBox *choice(const QString &name, const QString &help);
    void arrange();

    QComboBox *m_rating, *m_flag, *m_label, *m_ratio, *m_date, *m_collection, *m_grouping;
    QCheckBox *m_text, *m_deviates;
    QGridLayout *m_layout;
    int m_columns = 0;
};

/// "Keepers (12)"; the count of an entry is shown behind its words.
void setEntryCount(QComboBox &box, int entry, int count);

} // namespace plantain
