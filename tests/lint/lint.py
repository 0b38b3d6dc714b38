#!/usr/bin/env python3
"""lint.py ROOT: holds the tree against the rules; every find is one line, and one is enough to fail."""
import sys

from rules import RULES
from tree import Tree


def problems(tree):
    """(rule, file, line, what) of everything that breaks a rule."""
    return [(rule.__name__, *found) for rule in RULES for found in rule(tree)]


if __name__ == "__main__":
    found = problems(Tree(sys.argv[1]))
    for rule, file, line, what in found:
        print("%s:%d: %s [%s]" % (file, line, what, rule))
    print("%d rules, %d finds" % (len(RULES), len(found)))
    sys.exit(1 if found else 0)
