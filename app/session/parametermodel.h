#pragma once

#include "formguide.h"
#include "input.h"
#include "parameterroles.h"

#include <QAbstractListModel>

namespace plantain {

/// The input being composed: one row a parameter of the chosen endpoint, in the schema's order, without the field the
/// reference pictures feed. A parameter that is unset is not sent. Every change is checked at once and the row says
/// what is wrong with it; that a required value is missing is said only at the press. GUI thread.
class ParameterModel final : public QAbstractListModel
{
    Q_OBJECT
public:
    explicit ParameterModel(QObject *parent = nullptr);
    ~ParameterModel() override;

    void setGuide(const FormGuide &guide); ///< before the first endpoint

    /// The endpoint must live as long as it is chosen; null empties the model. Values of parameters that both
    /// endpoints have and the new one accepts carry over; the others wait aside and return with their endpoint.
    void setEndpoint(const Endpoint *endpoint);
    const Endpoint *endpoint() const { return m_endpoint; }

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    /// ValueRole sets a value (an invalid one clears the row); Qt::EditRole takes text as a person typed it.
    bool setData(const QModelIndex &index, const QVariant &value, int role = Qt::EditRole) override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    QHash<int, QByteArray> roleNames() const override;

    int rowOf(const QString &name) const; ///< -1 when there is none
    int promptRow() const; ///< -1 when the endpoint has no prompt
    const Parameter &parameter(int row) const;

    std::optional<Json> value(int row) const; ///< what is set; text that cannot be read as a value counts as unset
    void setValue(int row, const Json &value);
    /// As typed into an editor. Empty text unsets, unless "" is the only way to say other than a default. Text that
    /// cannot be read ("4x" for a number) stays as it is, marked, and is never sent.
    void setText(int row, const QString &text);
    QString text(int row) const; ///< of the value or as typed; empty when unset
    void clear(int row);
    void resetAll(); ///< every parameter but the prompt, and the unknown keys
    bool isAnythingSet() const; ///< resetAll() would change something

    /// What is set, in schema order, then the unknown keys. Without references.
    Json input() const;
    /// What is wrong now, one error a row; nothing may be sent while there is one. Missing values are not among them.
    std::vector<Error> problems() const;
    /// Replaces everything by a pasted or loaded input. Returns a plain sentence for each alias taken and each
    /// unknown key kept. The references' field is left to ReferenceModel.
    Result<QStringList> setInput(const Json &input);

    /// Keys of an input that the endpoint's schema does not have: kept, sent as they are, in the order they came.
    const Json &unknown() const { return m_unknown; }
    void removeUnknown(const QString &key);

    /// Puts each error on the row its field names and removes those of an earlier press; gives back the others.
    /// An edit of the row removes its error.
    std::vector<Error> setErrors(const std::vector<Error> &errors);

    /// The seed drawn for the last run: shown while the seed is unset, never sent again.
    void setDrawnSeed(std::optional<qint64> seed);
    std::optional<qint64> drawnSeed() const { return m_drawnSeed; }

    /// Everything a person entered, unreadable text and values set aside included; for DraftStore.
    Json draft() const;
    void setDraft(const Json &draft); ///< of the chosen endpoint; what does not fit is left out, never an error

Q_SIGNALS:
    void inputChanged(); ///< input() or problems() may differ
    void unknownChanged();
    void errorShown(int row); ///< setErrors() put its first error there

private:
    struct Row;

    void change(int row, const std::optional<Json> &value, const QString &unreadable);
    void check(Row &row) const;
    void rebuild(const Json &values);
    bool isShownAsRow(const Parameter &parameter) const;
    int seedRow() const;
    QString chosenRatio() const;

    FormGuide m_guide;
    const Endpoint *m_endpoint = nullptr;
    std::vector<Row> m_rows;
    Json m_unknown = Json::object();
    Json m_aside = Json::object(); ///< values that the chosen endpoint has no place for
    std::optional<qint64> m_drawnSeed;
};

} // namespace plantain
