#pragma once

#include <QWidget>

#include <memory>
#include <vector>

class QFormLayout;
class QLabel;
class QToolButton;
class QVBoxLayout;

namespace plantain {

class FieldRow;
class ParameterModel;

/// The form of the chosen endpoint, made from its schema: one editor a parameter, but for the prompt, which has its
/// own place. What is rarely needed is folded away under "Advanced", which says how many of its fields are changed and
/// opens by itself when something in it is wrong. Keys the schema does not know are listed below and can be removed.
class ParameterForm final : public QWidget
{
    Q_OBJECT
public:
    explicit ParameterForm(ParameterModel &model, QWidget *parent = nullptr);
    ~ParameterForm() override;

    QWidget *inputOf(const QString &parameter) const; ///< null when it has no row here

Q_SIGNALS:
    void shownAt(QWidget *widget); ///< an error appeared there after a press: bring it into view

private:
    void rebuild();
    int labelWidth() const;
    void refresh(int first, int last);
    void refreshUnknown();
    FieldRow *rowAt(int row) const;
    bool isAdvanced(int row) const;
    void unfold(bool open);
    void refreshFold();

    ParameterModel &m_model;
    QVBoxLayout *m_layout;
    QToolButton *m_resetAll;
    QToolButton *m_fold; ///< opens and closes what is rarely needed
    QWidget *m_body = nullptr;
    QWidget *m_advanced = nullptr;
    std::vector<std::unique_ptr<FieldRow>> m_rows;
    QWidget *m_unknown = nullptr;
    QString m_shape; ///< of the endpoint the rows were made for
};

} // namespace plantain
