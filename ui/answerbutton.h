#pragma once

#include <QString>

class QPushButton;
class QWidget;

namespace plantain {

/// A button of a page that is worked by single keys: its tool tip says what it does, and by which key.
QPushButton *answerButton(const QString &text, const QString &key, const QString &help, QWidget *parent);

} // namespace plantain
