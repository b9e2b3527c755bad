"""A plain interpreter with the outputs of a notebook's kernel, for a Python that has no ipykernel."""

import ast
import contextlib
import io
import traceback

RED, PLAIN = "\x1b[0;31m", "\x1b[0m"


class Stream(io.TextIOBase):
    """Appends written text to the outputs, merged with the last output if it has the same name."""

    def __init__(self, name, outputs):
        self.name = name
        self.outputs = outputs

    def writable(self):
        return True

    def write(self, text):
        last = self.outputs[-1] if self.outputs else None
        if last and last.get("name") == self.name:
            last["text"] += text
        elif text:
            self.outputs.append({"name": self.name, "text": text})
        return len(text)


class Interpreter:
    def __init__(self):
        self.names = {"__name__": "__main__", "__builtins__": __builtins__}

    def run(self, code):
        outputs = []
        with contextlib.redirect_stdout(Stream("stdout", outputs)), contextlib.redirect_stderr(Stream("stderr", outputs)):
            try:
                self.evaluate(code, outputs)
            except BaseException as error:
                outputs.append(failure(error))
        return outputs

    def evaluate(self, code, outputs):
        """All statements; the value of the last one, where it is an expression, is shown."""
        tree = ast.parse(code, "<cell>")
        last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, "<cell>", "exec"), self.names)
        if last is None:
            return
        value = eval(compile(ast.Expression(last.value), "<cell>", "eval"), self.names)
        if value is not None:
            outputs.append({"data": display(value)})


def display(value):
    data = {"text/plain": repr(value)}
    for kind, method in (("text/html", "_repr_html_"), ("text/markdown", "_repr_markdown_"), ("text/latex", "_repr_latex_")):
        shown = getattr(value, method, None)
        if callable(shown) and not isinstance(value, type):
            data[kind] = shown()
    return data


def failure(error):
    name = type(error).__name__
    lines = traceback.format_exception(type(error), error, error.__traceback__)
    return {
        "ename": name,
        "evalue": str(error),
        "traceback": [f"{RED}{'-' * 75}{PLAIN}", f"{RED}{name}{PLAIN}: {error}", *(line.rstrip("\n") for line in lines[1:])],
    }
