"""The outputs of a cell as a learner's side sends them, rebuilt from what a notebook may hold."""

from typing import Any

from nbformat import v4

from course_tools.judge import shell
from course_tools.judge.peer import Gone
from course_tools.judge.text_cells import picture


def cleaned(outputs: Any) -> list[dict]:
    """Outputs rebuilt from what nbformat knows, as the other side could send anything. Raises Gone if they are none."""
    found = []
    try:
        for output in outputs[:1000]:
            kind = output["output_type"]
            if kind == "stream":
                name = "stderr" if output["name"] == "stderr" else "stdout"
                found.append(v4.new_output(kind, name=name, text=str(output["text"])))
            elif kind == "error":
                lines = [str(line) for line in output["traceback"]]
                found.append(
                    v4.new_output(kind, ename=str(output["ename"]), evalue=str(output["evalue"]), traceback=lines)
                )
            else:
                data = {key: str(output["data"][key]) for key in shell.SHOWN if key in output["data"]}
                data = {key: text for key, text in data.items() if key == "text/plain" or picture(output["data"][key])}
                count = {"execution_count": int(output["execution_count"])} if kind == "execute_result" else {}
                found.append(v4.new_output("execute_result" if count else "display_data", data, **count))
    except (LookupError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise Gone(f"no outputs: {error}") from None
    if sum(len(str(output)) for output in found) > 4 * shell.MOST:
        return [v4.new_output("stream", name="stdout", text="[the outputs were too large to keep]")]
    return found
