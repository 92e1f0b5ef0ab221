export const pythonTemplate = {
  'README.md': `# Python project

\`python3 -m project\` runs it, \`python3 -m unittest\` tests it. Python 3.9 or newer, no dependencies.
`,
  'pyproject.toml': `[project]
name = "project"
version = "0.1.0"
requires-python = ">=3.9"
`,
  '.gitignore': '__pycache__/\n.venv/\n',
  'project/__init__.py': '',
  'project/__main__.py': `import sys

from project.greet import greet

print(greet(sys.argv[1] if len(sys.argv) > 1 else "world"))
`,
  'project/greet.py': `def greet(name: str) -> str:
    return f"Hello, {name}!"
`,
  'tests/__init__.py': '',
  'tests/test_greet.py': `import unittest

from project.greet import greet


class GreetTest(unittest.TestCase):
    def test_greets_by_name(self) -> None:
        self.assertEqual(greet("Ada"), "Hello, Ada!")


if __name__ == "__main__":
    unittest.main()
`,
};
