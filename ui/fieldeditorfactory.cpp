#include "fieldeditorfactory.h"

#include "addresseditor.h"
#include "booleaneditor.h"
#include "choiceeditor.h"
#include "longtexteditor.h"
#include "numbereditor.h"
#include "parametermodel.h"
#include "seededitor.h"
#include "texteditor.h"

namespace plantain {

std::unique_ptr<FieldEditor> makeFieldEditor(const ParameterModel &model, int row, QWidget *parent)
{
    const Parameter &parameter = model.parameter(row);
    switch (parameter.kind) {
    case ParameterKind::Text:
        return std::make_unique<TextEditor>(parent);
    case ParameterKind::Url:
        return std::make_unique<AddressEditor>(parameter, parent);
    case ParameterKind::Integer:
        if (model.endpoint() && model.endpoint()->seed() == &parameter)
            return std::make_unique<SeedEditor>(parameter, parent);
        return std::make_unique<NumberEditor>(parameter, parent);
    case ParameterKind::Number:
        return std::make_unique<NumberEditor>(parameter, parent);
    case ParameterKind::Boolean:
        return std::make_unique<BooleanEditor>(parameter, parent);
    case ParameterKind::Choice:
        return std::make_unique<ChoiceEditor>(parameter, parent);
    case ParameterKind::LongText:
    case ParameterKind::UrlList:
    case ParameterKind::Json:
        break;
    }
    return std::make_unique<LongTextEditor>(parameter, parent);
}

} // namespace plantain
