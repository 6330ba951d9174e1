#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The cabrief authors
# SPDX-License-Identifier: ISC
"""Look at HTML pages in headless Chromium, over its debugging pipe.

usage: browser.py CHROMIUM AXE FOLDER PAGE...

AXE is axe.min.js or - for none.  Prints a line a check: "ok ...", "not ok
...".  Pictures go to FOLDER, unless it is -: screens at each width, light and
dark, and what is printed on A4 and Letter.
"""
import base64
import fcntl
import json
import os
import pathlib
import subprocess
import sys
import tempfile

WIDTHS = (400, 800, 1400)
PAPERS = {"a4": (8.27, 11.69), "letter": (8.5, 11)}

# What hangs over the edge of the page; wide tables scroll in theirs.
OVERFLOW = """(() => {
	const wide = document.documentElement.clientWidth, over = [];
	for (const e of document.querySelectorAll("body *")) {
		if (e.closest(".table, .chart, .skip, nav"))
			continue;
		if (e.getBoundingClientRect().right > wide + 1)
			over.push(e.tagName + " " + e.textContent.slice(0, 40));
	}
	if (document.documentElement.scrollWidth > wide)
		over.push("the page");
	return over;
})()"""

OPEN = """document.querySelectorAll("details").forEach(
    (e) => { e.open = true; })"""

CLOSE = OPEN.replace("true", "false")

# Links lead to the web or to a heading; no two elements share an id.
LINKS = """(() => {
	const bad = [], ids = new Set();
	for (const e of document.querySelectorAll("[id]")) {
		if (ids.has(e.id))
			bad.push("id twice: " + e.id);
		ids.add(e.id);
	}
	for (const e of document.querySelectorAll("a[href]")) {
		const to = e.getAttribute("href");
		if (to.startsWith("#") ? !ids.has(to.slice(1)) :
		    !/^https?:[/][/]/.test(to))
			bad.push("link: " + to);
		if (e.textContent === "")
			bad.push("link without words: " + to);
	}
	for (const e of document.querySelectorAll("[aria-labelledby]"))
		if (!ids.has(e.getAttribute("aria-labelledby")))
			bad.push("no such name: " + e.outerHTML.slice(0, 80));
	for (const e of document.querySelectorAll(
	    "img, iframe, object, embed, link, form, input, [style], " +
	    "main script"))
		bad.push("foreign: " + e.outerHTML.slice(0, 80));
	return bad;
})()"""

# A click on each title sorts its column, a second one the other way; no row
# is lost, and the totals stay where they are.
SORT = """(() => {
	const bad = [];
	const key = (row, at) => (row.cells[at].querySelector("summary") ||
	    row.cells[at]).textContent.trim().toLowerCase();
	const sorted = (keys, number, sign) => {
		const last = (k) => k === "" ||
		    (number && isNaN(parseFloat(k)));
		const full = keys.filter((k) => !last(k));
		if (!keys.slice(full.length).every(last))
			return false;
		return full.every((k, i) => i === 0 || sign * (number ?
		    parseFloat(k) - parseFloat(full[i - 1]) :
		    (isNaN(k - full[i - 1]) ? (k > full[i - 1]) -
		    (k < full[i - 1]) : k - full[i - 1])) >= 0);
	};
	for (const table of document.querySelectorAll("main table")) {
		const body = table.tBodies[0], heads = table.tHead.rows[0].cells;
		const all = [...body.rows].map((r) => r.textContent).sort().join();
		const foot = table.tFoot ? table.tFoot.textContent : "";
		/* Titles of rows would lose theirs. */
		const sorts = body.rows.length > 1 &&
		    !table.querySelector("th[scope=rowgroup]");
		[...heads].forEach((head, at) => {
			const button = head.querySelector("button");
			if (sorts ? !button && head.textContent : button)
				bad.push("button: " + head.textContent);
			for (let i = 0; button && i < 2; i++) {
				button.click();
				const sign = head.ariaSort === "ascending" ? 1 : -1;
				if (table.querySelectorAll("[aria-sort]").length !== 1)
					bad.push("aria-sort: " + head.textContent);
				if (!sorted([...body.rows].map((r) => key(r, at)),
				    head.className === "n", sign))
					bad.push("not sorted: " + head.textContent);
			}
		});
		if ([...body.rows].map((r) => r.textContent).sort().join() !== all)
			bad.push("rows were lost");
		if ((table.tFoot ? table.tFoot.textContent : "") !== foot)
			bad.push("the totals moved");
	}
	return bad;
})()"""

AXE = """axe.run(document, { resultTypes: ["violations"] }).then((r) =>
    r.violations.map((v) => v.id + ": " + v.nodes.slice(0, 3).map((n) =>
    n.html.slice(0, 100) + " " + n.any.map((a) => a.message).join("; "))
    .join(" | ")))"""


class Browser:
    def __init__(self, program, profile):
        to_read, to_write = os.pipe()
        from_read, from_write = os.pipe()
        # Chromium reads 3 and writes 4; these may be any of ours.
        high = [self.above(fd) for fd in (to_read, to_write, from_read,
                                          from_write)]
        os.dup2(high[0], 3)
        os.dup2(high[3], 4)
        self.process = subprocess.Popen(
            [program, "--headless=new", "--no-sandbox", "--disable-gpu",
             "--disable-dev-shm-usage", "--hide-scrollbars",
             "--disable-background-networking", "--no-first-run",
             "--host-resolver-rules=MAP * ~NOTFOUND",
             f"--user-data-dir={profile}", "--remote-debugging-pipe"],
            pass_fds=(3, 4), stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for fd in (3, 4, high[0], high[3]):
            os.close(fd)
        self.to, self.back = high[1], high[2]
        self.rest = b""
        self.count = 0
        self.session = None
        self.heard = []
        target = self.send("Target.createTarget", url="about:blank")
        self.session = self.send("Target.attachToTarget", flatten=True,
                                 targetId=target["targetId"])["sessionId"]
        for domain in ("Page", "Runtime", "Log"):
            self.send(domain + ".enable")

    @staticmethod
    def above(fd):
        """The same file under a number over 9."""
        new = fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, 10)
        os.close(fd)
        return new

    def message(self):
        while b"\0" not in self.rest:
            data = os.read(self.back, 1 << 16)
            if not data:
                raise SystemExit("not ok browser: it ended")
            self.rest += data
        text, self.rest = self.rest.split(b"\0", 1)
        return json.loads(text)

    def send(self, method, **params):
        self.count += 1
        call = {"id": self.count, "method": method, "params": params}
        if self.session:
            call["sessionId"] = self.session
        data = json.dumps(call).encode() + b"\0"
        while data:
            data = data[os.write(self.to, data):]
        while True:
            got = self.message()
            if got.get("id") == self.count:
                if "error" in got:
                    raise RuntimeError(f"{method}: {got['error']}")
                return got["result"]
            self.heard.append(got)

    def wait(self, method):
        while not any(m.get("method") == method for m in self.heard):
            self.heard.append(self.message())

    def run(self, script):
        got = self.send("Runtime.evaluate", expression=script,
                        returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in got:
            raise RuntimeError(json.dumps(got["exceptionDetails"])[:600])
        return got["result"].get("value")

    def resize(self, width):
        self.send("Emulation.setDeviceMetricsOverride", width=width,
                  height=900, deviceScaleFactor=1, mobile=False)

    def open(self, url, width, scheme="light", media=""):
        self.resize(width)
        self.send("Emulation.setEmulatedMedia", media=media, features=[
            {"name": "prefers-color-scheme", "value": scheme}])
        self.heard = []
        self.send("Page.navigate", url=url)
        self.wait("Page.loadEventFired")

    def complaints(self):
        self.run("1")
        said = []
        for m in self.heard:
            if m.get("method") in ("Log.entryAdded", "Runtime.exceptionThrown",
                                   "Runtime.consoleAPICalled"):
                said.append(json.dumps(m["params"])[:300])
        return said

    def close(self):
        try:
            self.send("Browser.close")
        except (RuntimeError, SystemExit, OSError):
            pass
        self.process.wait()


def told(name, what, bad):
    if bad:
        print(f"not ok html {name}: {what}: {bad[:5]}")
    else:
        print(f"ok html {name}: {what}")


def picture(browser, path):
    size = browser.send("Page.getLayoutMetrics")["cssContentSize"]
    data = browser.send("Page.captureScreenshot", captureBeyondViewport=True,
                        clip={"x": 0, "y": 0, "width": size["width"],
                              "height": min(size["height"], 4000),
                              "scale": 1})["data"]
    path.write_bytes(base64.b64decode(data))


def look(browser, page, axe, folder):
    name, url = page.stem, page.resolve().as_uri()
    for scheme in ("light", "dark"):
        browser.open(url, WIDTHS[0], scheme)
        if axe:
            browser.run(axe)
        for width in WIDTHS:
            browser.resize(width)
            where = f"{width} {scheme}"
            bad = browser.run(OVERFLOW)
            if folder:
                picture(browser, folder / f"{name}-{width}-{scheme}.png")
            browser.run(OPEN)
            told(name, f"{where}: nothing hangs over",
                 bad + browser.run(OVERFLOW))
            if axe:
                told(name, f"{where}: axe", browser.run(AXE))
            browser.run(CLOSE)
        told(name, f"{scheme}: no complaint", browser.complaints())
    told(name, "links and ids", browser.run(LINKS))
    told(name, "tables sort", browser.run(SORT))
    # A4 within its margins; what is a bit wider is shrunk to fit.
    browser.open(url, 680, media="print")
    wide = browser.run("document.documentElement.scrollWidth")
    told(name, "print: fits", [wide] if wide > 1000 else [])
    browser.send("Emulation.setEmulatedMedia", media="")
    for paper, (width, height) in PAPERS.items():
        data = browser.send("Page.printToPDF", paperWidth=width,
                            paperHeight=height, preferCSSPageSize=False)
        pdf = base64.b64decode(data["data"])
        told(name, f"print on {paper}", [] if pdf.startswith(b"%PDF-") and
             len(pdf) > 2000 else ["no pages"])
        if folder:
            (folder / f"{name}-{paper}.pdf").write_bytes(pdf)
    browser.open(url, 800)
    with_script = browser.run("document.querySelector('main').textContent")
    browser.send("Emulation.setScriptExecutionDisabled", value=True)
    browser.open(url, 800)
    same = browser.run("document.querySelector('main').textContent")
    buttons = browser.run("document.querySelectorAll('button').length")
    browser.send("Emulation.setScriptExecutionDisabled", value=False)
    told(name, "reads alike without script", [] if same == with_script and
         buttons == 0 else ["it does not"])


def main():
    program, axe, folder = sys.argv[1:4]
    axe = None if axe == "-" else pathlib.Path(axe).read_text()
    folder = None if folder == "-" else pathlib.Path(folder)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        browser = Browser(program, profile)
        try:
            for page in sys.argv[4:]:
                look(browser, pathlib.Path(page), axe, folder)
        finally:
            browser.close()


if __name__ == "__main__":
    main()
