"""The attacks: a few of each kind in every run of the tests, and that a fault is noticed."""

from __future__ import annotations

import sys

import pytest

from tests.attacks.__main__ import choose
from tests.attacks.judging import judge
from tests.attacks.programme import Amounts
from tests.attacks.running import Bounds
from tests.attacks.scene import Scene

pytestmark = [
    pytest.mark.endurance,
    pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc"),
]
FEW = (
    "posts/yaml-merges",
    "posts/scripts-front",
    "pictures/environment.svg",
    "hosts/redirect-controls",
    "servers/wordpress-redirects",
)


@pytest.mark.parametrize("name", FEW)
def test_some_attacks_find_nothing(name: str) -> None:
    ((kind, attack_name, attack),) = choose([name], Amounts())
    assert judge(kind, attack_name, attack, 1).finding == ""


# What a command may do wrong, as a program in its place, and a word of the sentence for it.
FAULTS = {
    "import os; open('out.html', 'w').write('x')": "it changed",
    "import os; os.remove('../outside/precious.txt')": "it changed",
    "import os; os.mkdir('out'); open('out/a', 'w').write(os.environ['OTHER_SECRET'])": "a canary",
    "import os; os.mkdir('out'); os.rename('../outside/secret.md', 'out/b')": "it changed",
    "print(open('../outside/secret.yml').read())": "prints a canary",
    "import base64, os; print(base64.b64encode(os.environb[b'OTHER_SECRET']))": "prints a canary",
    "raise ZeroDivisionError": "a traceback",
    "raise SystemExit(3)": "ended with 3",
    "import os; os.kill(os.getpid(), 11)": "ended with -11",
    "print('\\x1b[2J')": "control characters",
    "print('::error::x')": "orders to a runner",
    "import time; time.sleep(60)": "did not end",
    "import time\nwhile time.process_time() < 0.6: pass": "of the processor",
    "a = bytearray(100_000_000)": " MB",
    "import subprocess; subprocess.Popen(['sleep', '60'])": "left processes behind: sleep",
    "open('../outside/secret.md').read()": "is not the site's",
    "open('../outside/x', 'w'); import os; os.remove('../outside/x')": "it wrote to",
}


@pytest.mark.parametrize("program", FAULTS)
def test_what_a_command_does_wrong_is_noticed(program: str) -> None:
    def attack(scene: Scene) -> None:
        scene.bounds = Bounds(cpu=0.5, memory=100_000_000, sleep=3 if "sleep(" in program else 60)
        scene.traced = "outside" in program
        scene.make_site()
        scene.hanpan("build")

    verdict = judge("kind", "name", attack, 1, hanpan=(sys.executable, "-I", "-S", "-c", program))
    assert FAULTS[program] in verdict.finding
