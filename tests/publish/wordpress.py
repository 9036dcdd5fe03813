"""A real WordPress on loopback: PHP's own server, SQLite, an administrator and an author.

Its zips are npm's (tools/wordpress/package.json); it asks nothing of the network.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import time
import urllib.request
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.command import ROOT

BUILDS = ROOT / "tools/wordpress/node_modules/@wp-playground/wordpress-builds"
_DROP_IN = "wp-content/plugins/sqlite-database-integration"
_DATABASE = "wp-content/database"
_CONFIG = """<?php
define( 'DB_NAME', 'wordpress' );
define( 'DB_USER', '' );
define( 'DB_PASSWORD', '' );
define( 'DB_HOST', '' );
define( 'DB_CHARSET', 'utf8mb4' );
define( 'WP_HOME', '%(url)s' );
define( 'WP_SITEURL', '%(url)s' );
define( 'WP_ENVIRONMENT_TYPE', 'local' ); // application passwords without https
define( 'DISABLE_WP_CRON', true );
define( 'AUTOMATIC_UPDATER_DISABLED', true );
define( 'WP_HTTP_BLOCK_EXTERNAL', true );
define( 'WP_MEMORY_LIMIT', '256M' );
define( 'WP_DEBUG', false );
$table_prefix = 'wp_';
if ( ! defined( 'ABSPATH' ) ) {
	define( 'ABSPATH', __DIR__ . '/' );
}
require_once ABSPATH . 'wp-settings.php';
"""


def missing() -> str:
    """Return what a WordPress lacks on this machine, "" where it can run."""
    if not shutil.which("php"):
        return "PHP is not installed (php-cli, php-sqlite3)"
    modules = subprocess.run(["php", "-m"], capture_output=True, text=True).stdout.split()
    if "pdo_sqlite" not in modules:
        return "PHP has no SQLite (php-sqlite3)"
    if not BUILDS.is_dir():
        return "npm has not fetched WordPress (make test does, where npm is installed)"
    return ""


@dataclass
class WordPress:
    """A running WordPress. `passwords` are application passwords by user."""

    folder: Path
    port: int
    passwords: Mapping[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def environment(self, user: str = "admin") -> dict[str, str]:
        """Return what `hanpan publish wordpress` wants of the environment."""
        return {
            "WORDPRESS_URL": self.url,
            "WORDPRESS_USER": user,
            "WORDPRESS_APPLICATION_PASSWORD": self.passwords[user],
        }

    def php(self, code: str, *arguments: str) -> str:
        """Run PHP inside WordPress; return what it prints."""
        done = subprocess.run(
            ["php", "-r", f"require 'wp-load.php'; {code}", "--", *arguments],
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    def writes(self) -> int:
        """Return how many requests have written posts or pictures so far."""
        log = (self.folder / "server.log").read_text("utf-8", "replace")
        return len(re.findall(r"\]: POST \S*/wp/v2/(?:posts|media)\b", log))

    def posts(self, kind: str = "post") -> list[dict[str, str]]:
        """Return all posts of a kind (`attachment` for uploads), as the database has them."""
        code = (
            "global $wpdb; echo json_encode($wpdb->get_results($wpdb->prepare("
            '"SELECT ID, post_title, post_name, post_status, post_content, post_excerpt, guid'
            " FROM $wpdb->posts WHERE post_type = %s AND post_status NOT IN ('auto-draft', 'trash')"
            ' ORDER BY ID", $argv[1])));'
        )
        found: list[dict[str, str]] = json.loads(self.php(code, kind))
        return found

    def save(self) -> None:
        """Keep the database as it is now, for `restore`."""
        shutil.copytree(self.folder / _DATABASE, self.folder / "saved")

    def restore(self) -> None:
        """Go back to the database that `save` has kept; there are no uploads and no log."""
        self.wait_until_idle()
        shutil.rmtree(self.folder / _DATABASE)
        shutil.copytree(self.folder / "saved", self.folder / _DATABASE)
        shutil.rmtree(self.folder / "wp-content/uploads", ignore_errors=True)
        os.truncate(self.folder / "server.log", 0)

    def wait_until_idle(self) -> None:
        """Wait until all requests are done, those too whose client has gone."""
        for _ in range(600):
            log = (self.folder / "server.log").read_text("utf-8", "replace")
            if log.count(" Accepted\n") == log.count(" Closing\n"):
                return
            time.sleep(0.05)
        raise AssertionError(log)


def install(folder: Path, port: int, version: str = "6.5") -> WordPress:
    """Unpack a WordPress with its database into `folder`, and give it its users."""
    with zipfile.ZipFile(BUILDS / f"src/wordpress/wp-{version}.zip") as packed:
        packed.extractall(folder)
    drop_in = BUILDS / "src/sqlite-database-integration/sqlite-database-integration.zip"
    with zipfile.ZipFile(drop_in) as packed:
        packed.extractall(folder / "wp-content/plugins")
    (folder / f"{_DROP_IN}-main").rename(folder / _DROP_IN)
    copied = (folder / _DROP_IN / "db.copy").read_text("utf-8")
    copied = copied.replace("{SQLITE_IMPLEMENTATION_FOLDER_PATH}", str(folder / _DROP_IN))
    copied = copied.replace("{SQLITE_PLUGIN}", "sqlite-database-integration/load.php")
    (folder / "wp-content/db.php").write_text(copied, "utf-8")
    wordpress = WordPress(folder, port)
    (folder / "wp-config.php").write_text(_CONFIG % {"url": wordpress.url}, "utf-8")
    setup = Path(__file__).with_name("wordpress_setup.php")
    users = ("admin", "administrator", "writer", "author")
    done = subprocess.run(
        ["php", str(setup), *users], cwd=folder, capture_output=True, text=True, check=True
    )
    wordpress.passwords = json.loads(done.stdout)
    return wordpress


def free_port() -> int:
    """Return a port of loopback that nobody listens at."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextlib.contextmanager
def running(folder: Path) -> Iterator[WordPress]:
    """Run a new WordPress until the end of the block."""
    wordpress = install(folder, free_port())
    log = (folder / "server.log").open("ab")  # each worker writes at its end
    server = subprocess.Popen(
        ["php", "-S", f"127.0.0.1:{wordpress.port}", "-t", str(folder)],
        cwd=folder,
        env={**os.environ, "PHP_CLI_SERVER_WORKERS": "3"},
        stdout=log,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        _await(wordpress)
        yield wordpress
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGTERM)
        server.wait()
        log.close()


def _await(wordpress: WordPress) -> None:
    for _ in range(200):
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"{wordpress.url}/?rest_route=/", timeout=30).close()
            return
        time.sleep(0.05)
    raise AssertionError((wordpress.folder / "server.log").read_text("utf-8", "replace"))
