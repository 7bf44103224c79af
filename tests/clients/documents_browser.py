"""Chromium as the reader of pages: what a person sees of them, and what of it is code or stands in forms.

It is told what to do in the DevTools protocol, over a pipe. Scripts of pages do not run, and nothing is loaded.
"""

import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
PATIENCE = 60
"""Seconds for a page."""

SHOWN = r"""(() => {
  // What a style sheet writes in capitals is read as the page has it, and what can be opened is open.
  document.querySelectorAll('*').forEach(element => element.style?.setProperty('text-transform', 'none', 'important'));
  document.querySelectorAll('details').forEach(details => details.open = true);
  const seen = element => element.checkVisibility({visibilityProperty: true});
  const attribute = (selector, name) => [...document.querySelectorAll(selector)].filter(seen).map(element => element.getAttribute(name) || '');
  const found = {
    title: [document.title],
    alt: [...attribute('img, area, input[type=image i]', 'alt'), ...attribute('input:is([type=submit i], [type=button i], [type=reset i])', 'value')],
  };
  const take = (selector, fits = () => true) => {
    const taken = [...document.querySelectorAll(selector)].filter(element => seen(element) && fits((element.innerText ?? element.textContent).trim()));
    const texts = taken.filter(element => !taken.some(other => other != element && other.contains(element))).map(element => element.innerText ?? element.textContent);
    taken.forEach(element => element.replaceChildren(' '));
    return texts;
  };
  // Which a style can show; nobody takes them for words.
  document.querySelectorAll('script, style').forEach(element => element.replaceChildren());
  found.code = take('code, kbd, samp, xmp');
  found.form = take('select, textarea');
  found.math = take('math');
  found.ruby = take('rt, rp, rtc');
  found['mark of a note'] = take('sup, [role~=doc-noteref], [role~=doc-backlink]', text => !/\p{L}/u.test(text) || text.length == 1);
  found.text = [document.body ? document.body.innerText : ''];
  return found;
})()"""
"""Takes apart what a person sees of a page: lists of texts. `text` is what comity has to read, with `title` and `alt`."""


def program():
    return next(filter(None, map(shutil.which, PROGRAMS)), None)


class Browser:
    """A process of Chromium with a profile of its own. Used as a context."""

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory()
        here, there = os.pipe(), os.pipe()
        self.process = subprocess.Popen(
            [
                "sh", "-c", f'exec "$@" 3<&{here[0]} 4>&{there[1]}', "sh", program(), "--headless", "--no-sandbox", "--disable-gpu",
                "--remote-debugging-pipe", "--no-first-run", f"--user-data-dir={self.folder.name}/profile", "about:blank",
            ],
            pass_fds=(here[0], there[1]),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(here[0])
        os.close(there[1])
        self.to, self.source = os.fdopen(here[1], "wb"), os.fdopen(there[0], "rb")
        self.rest, self.number, self.events = b"", 0, []
        return self

    def __exit__(self, *_):
        self.to.close()
        self.process.terminate()
        self.process.wait()
        self.source.close()
        self.folder.cleanup()

    def message(self):
        while b"\0" not in self.rest:
            piece = self.source.read1(1 << 16)
            if not piece:
                raise SystemExit("Chromium has ended")
            self.rest += piece
        whole, _, self.rest = self.rest.partition(b"\0")
        return json.loads(whole)

    def ask(self, method, session=None, **parameters):
        """Calls a method and returns its result; what comes before that are events."""
        self.number += 1
        request = {"id": self.number, "method": method, "params": parameters} | ({"sessionId": session} if session else {})
        self.to.write(json.dumps(request).encode() + b"\0")
        self.to.flush()
        while True:
            message = self.message()
            if message.get("id") == self.number:
                if "error" in message:
                    raise ValueError(f"{method}: {message['error']['message']}")
                return message["result"]
            self.events.append((message.get("sessionId"), message.get("method")))

    def shown(self, page):
        """What a person sees of a page, by kind."""
        # A byte-order mark counts more than what the page says of its encoding: it is read as comity reads it.
        text = page.read_bytes().decode("utf-8-sig", "replace")
        copy = pathlib.Path(self.folder.name, "page.html")
        copy.write_text(re.sub(r"(?i)(http-equiv\s*=\s*[\"']?)refresh", r"\1none", text), "utf-8-sig")
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.ask("Page.enable", session)
        self.ask("Network.enable", session)
        self.ask("Network.setBlockedURLs", session, urls=["http://*", "https://*", "ftp://*", "ws://*", "wss://*"])
        self.ask("Emulation.setScriptExecutionDisabled", session, value=True)
        self.ask("Emulation.setDeviceMetricsOverride", session, width=1280, height=1024, deviceScaleFactor=1, mobile=False)
        self.events.clear()
        self.ask("Page.navigate", session, url=copy.as_uri())
        while (session, "Page.loadEventFired") not in self.events:
            message = self.message()
            self.events.append((message.get("sessionId"), message.get("method")))
        result = self.ask("Runtime.evaluate", session, expression=SHOWN, returnByValue=True)
        self.ask("Target.closeTarget", targetId=target)
        if "exceptionDetails" in result:
            raise ValueError(result["exceptionDetails"].get("exception", {}).get("description", "no text"))
        return result["result"]["value"]
