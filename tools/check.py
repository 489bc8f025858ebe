"""`./run test [PATH…] [--long]`: every check, then every test; one failure does not hide the others."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CHECKS = {
    "ruff": ["ruff", "check", "--quiet", "."],
    "format": ["ruff", "format", "--check", "--quiet", "."],
    "contracts": ["lint-imports", "--no-cache"],
    "types": ["mypy", "--no-error-summary"],
    "migrations": [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run", "-v0"],
}


def main(arguments: list[str]) -> int:
    os.chdir(ROOT)
    os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    failed = []
    if not arguments or arguments == ["--long"]:
        for name, command in CHECKS.items():
            done = subprocess.run(command, check=False, capture_output=True, text=True)
            print(f"{name}: {'ok' if done.returncode == 0 else 'FAILED'}", flush=True)
            if done.returncode:
                print(done.stdout + done.stderr)
                failed.append(name)
    tests = subprocess.run(["pytest", *arguments], check=False).returncode
    if failed:
        print(f"failed checks: {', '.join(failed)}")
    return 1 if failed or tests else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
