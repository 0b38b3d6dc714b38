#include "parameterform.h"

#include "explain.h"
#include "fieldrow.h"
#include "icons.h"
#include "parametermodel.h"
#include "sectionheading.h"
#include "theme.h"

#include <QFormLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace plantain {

namespace {

QFormLayout *makeLayout(QWidget *body)
{
    auto *form = new QFormLayout(body);
    form->setContentsMargins({});
    form->setHorizontalSpacing(spacing::related);
    form->setVerticalSpacing(spacing::tight);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setRowWrapPolicy(QFormLayout::DontWrapRows);
    form->setLabelAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    return form;
}

} // namespace

ParameterForm::ParameterForm(ParameterModel &model, QWidget *parent)
    : QWidget(parent)
    , m_model(model)
    , m_layout(new QVBoxLayout(this))
    , m_resetAll(new QToolButton(this))
    , m_fold(new QToolButton(this))
{
    m_resetAll->setText(tr("Reset all"));
    m_resetAll->setAccessibleName(tr("Reset all parameters"));
    m_resetAll->setToolTip(tr("Every parameter back to its default; the prompt stays"));
    m_resetAll->setAutoRaise(true);
    m_resetAll->setFocusPolicy(Qt::StrongFocus);
    auto *heading = new SectionHeading(tr("Parameters"), this);
    heading->addButton(m_resetAll);
    m_layout->setContentsMargins({});
    m_layout->setSpacing(spacing::tight);
    m_layout->addWidget(heading);
    m_fold->setObjectName(u"advanced"_s);
    m_fold->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_fold->setCheckable(true);
    m_fold->setAutoRaise(true);
    m_fold->setFocusPolicy(Qt::StrongFocus);
    m_fold->setToolTip(tr("Parameters that are rarely needed"));
    m_layout->addWidget(m_fold);
    connect(m_fold, &QToolButton::toggled, this, &ParameterForm::unfold);

    connect(m_resetAll, &QToolButton::clicked, &m_model, &ParameterModel::resetAll);
    connect(&m_model, &QAbstractItemModel::modelReset, this, &ParameterForm::rebuild);
    connect(&m_model, &QAbstractItemModel::dataChanged, this,
            [this](const QModelIndex &first, const QModelIndex &last) { refresh(first.row(), last.row()); });
    connect(&m_model, &ParameterModel::unknownChanged, this, &ParameterForm::refreshUnknown);
    connect(&m_model, &ParameterModel::inputChanged, this,
            [this] { m_resetAll->setEnabled(m_model.isAnythingSet()); });
    connect(&m_model, &ParameterModel::errorShown, this, [this](int row) {
        if (isAdvanced(row))
            m_fold->setChecked(true);
        if (const FieldRow *field = rowAt(row))
            Q_EMIT shownAt(field->lastWidget());
    });
    rebuild();
    refreshUnknown();
}

ParameterForm::~ParameterForm()
{
    // The rows hold editors whose widgets are children of the body.
    m_rows.clear();
}

QWidget *ParameterForm::inputOf(const QString &parameter) const
{
    const FieldRow *field = rowAt(m_model.rowOf(parameter));
    return field ? field->input() : nullptr;
}

FieldRow *ParameterForm::rowAt(int row) const
{
    for (const auto &field : m_rows) {
        if (field->row() == row)
            return field.get();
    }
    return nullptr;
}

int ParameterForm::labelWidth() const
{
    // Leaves room for an editor in a column of 320.
    constexpr int least = 72, most = 132;
    int width = least;
    for (int row = 0; row < m_model.rowCount(); ++row) {
        if (m_model.parameter(row).kind != ParameterKind::Boolean)
            width = std::max(width, FieldRow::titleWidth(m_model.parameter(row).title, font()));
    }
    return std::min(width, most);
}

void ParameterForm::rebuild()
{
    m_resetAll->setEnabled(m_model.isAnythingSet());
    const QString shape = m_model.endpoint() ? m_model.endpoint()->id.text : QString();
    if (m_body && shape == m_shape) {
        refresh(0, m_model.rowCount() - 1);
        return;
    }
    m_shape = shape;
    m_rows.clear();
    delete m_body;
    delete m_advanced;
    m_body = new QWidget(this);
    m_advanced = new QWidget(this);
    QFormLayout *usual = makeLayout(m_body);
    QFormLayout *advanced = makeLayout(m_advanced);
    const int width = labelWidth();
    for (int row = 0; row < m_model.rowCount(); ++row) {
        if (row == m_model.promptRow())
            continue;
        const bool isRare = isAdvanced(row);
        m_rows.push_back(std::make_unique<FieldRow>(m_model, row, width, isRare ? advanced : usual, isRare ? m_advanced : m_body));
    }
    m_layout->insertWidget(1, m_body);
    m_layout->insertWidget(3, m_advanced);
    m_body->show(); // a layout would do so only later
    m_fold->setVisible(advanced->rowCount() > 0);
    unfold(m_fold->isChecked());
}

bool ParameterForm::isAdvanced(int row) const
{
    return m_model.index(row).data(ParameterRoles::AdvancedRole).toBool();
}

void ParameterForm::unfold(bool open)
{
    m_advanced->setVisible(open && !m_fold->isHidden());
    m_fold->setIcon(iconNamed(open ? u"chevron-down"_s : u"chevron-right"_s));
    refreshFold();
}

void ParameterForm::refreshFold()
{
    int changed = 0;
    bool isWrong = false;
    for (int row = 0; row < m_model.rowCount(); ++row) {
        if (!isAdvanced(row))
            continue;
        changed += m_model.index(row).data(ParameterRoles::IsChangedRole).toBool();
        isWrong |= m_model.index(row).data(ParameterRoles::ErrorRole).isValid();
    }
    QFont bold = font();
    bold.setBold(changed > 0);
    m_fold->setFont(bold);
    m_fold->setText(changed > 0 ? tr("Advanced, changed: %1").arg(changed) : tr("Advanced"));
    if (isWrong)
        m_fold->setChecked(true);
}

void ParameterForm::refresh(int first, int last)
{
    for (const auto &field : m_rows) {
        if (field->row() >= first && field->row() <= last)
            field->refresh();
    }
    refreshFold();
}

void ParameterForm::refreshUnknown()
{
    if (m_unknown)
        m_unknown->deleteLater(); // this may be its own button's click
    m_unknown = nullptr;
    m_resetAll->setEnabled(m_model.isAnythingSet());
    if (m_model.unknown().empty())
        return;
    m_unknown = new QWidget(this);
    auto *layout = new QVBoxLayout(m_unknown);
    layout->setContentsMargins(0, spacing::related, 0, 0);
    layout->setSpacing(spacing::tight);
    auto *says = new QLabel(tr("Not in the schema, sent as it is:"), m_unknown);
    says->setTextFormat(Qt::PlainText);
    says->setWordWrap(true);
    layout->addWidget(says);
    for (const auto &[key, value] : m_model.unknown().items()) {
        const QString name = QString::fromStdString(key);
        auto *label = new QLabel(m_unknown);
        label->setTextFormat(Qt::PlainText);
        const QString full = u"%1: %2"_s.arg(name, QString::fromUtf8(toBytes(value)));
        label->setText(full.left(200).simplified());
        explain(label, full.left(2000));
        label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
        auto *remove = new QToolButton(m_unknown);
        remove->setIcon(iconNamed(u"remove"_s));
        remove->setAutoRaise(true);
        remove->setAccessibleName(tr("Remove %1").arg(name));
        remove->setToolTip(tr("Do not send it"));
        remove->setFocusPolicy(Qt::StrongFocus);
        connect(remove, &QToolButton::clicked, &m_model, [this, name] { m_model.removeUnknown(name); });
        auto *line = new QHBoxLayout;
        line->setSpacing(spacing::tight);
        line->addWidget(label, 1);
        line->addWidget(remove);
        layout->addLayout(line);
    }
    m_layout->addWidget(m_unknown);
    m_unknown->show();
}

} // namespace plantain
