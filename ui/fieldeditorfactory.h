#pragma once

#include <QWidget>

#include <memory>

namespace plantain {

class FieldEditor;
class ParameterModel;

/// The editor for a row's kind: the only place that knows which widget edits what. Its widgets are children of `parent`.
std::unique_ptr<FieldEditor> makeFieldEditor(const ParameterModel &model, int row, QWidget *parent);

} // namespace plantain
