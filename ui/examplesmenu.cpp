#include "examplesmenu.h"

#include "form.h"
#include "plaintext.h"
#include "session.h"
#include "theme.h"

using namespace Qt::StringLiterals;

namespace plantain {

ExamplesMenu::ExamplesMenu(Session &session, QWidget *parent)
    : QMenu(parent)
{
    setToolTipsVisible(true);
    setContentsMargins(0, spacing::related, 0, spacing::tight); // a section's title needs room above it
    QStringList groups;
    for (const Example &example : session.form()->examples()) {
        if (!groups.contains(example.builtFor))
            groups.append(example.builtFor);
    }
    const auto escaped = [](QString title) { return title.replace(u'&', u"&&"_s); };
    for (const QString &group : groups) {
        addSection(escaped(group));
        for (const Example &example : session.form()->examples()) {
            if (example.builtFor != group)
                continue;
            QAction *action = addAction(escaped(example.title));
            QStringList says { stringAt(example.input, "prompt") };
            if (!example.note.isEmpty())
                says.prepend(example.note);
            action->setToolTip(plainToolTip(says.join(u"\n\n"_s)));
            action->setStatusTip(example.note);
            connect(action, &QAction::triggered, &session, [&session, example] { session.form()->useExample(example); });
        }
    }
}

} // namespace plantain
