/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* Tables sort by a click on a column's title, but for those whose rows have
 * titles of their own.  The text has no "less than" and no ampersand, so that
 * it reads alike as HTML and as XML. */
(function () {
	"use strict";

	function key(row, at) {
		var cell = row.cells[at];

		return (cell.querySelector("summary") || cell)
		    .textContent.trim().toLowerCase();
	}

	/* Empty cells, and words in a column of numbers, stand last, either
	 * way up. */
	function order(a, b, number, sign) {
		var x = number ? parseFloat(a) : a,
		    y = number ? parseFloat(b) : b,
		    last = function (z) {
			return z === "" || z !== z;
		    };

		if (last(x) || last(y))
			return last(x) - last(y);
		return sign * (x - y || (x > y) - (y > x));
	}

	function sort(table, head, at) {
		var number = head.className === "n",
		    was = head.getAttribute("aria-sort"),
		    up = was ? was === "descending" : !number,
		    sign = up ? 1 : -1,
		    body = table.tBodies[0],
		    rows = Array.from(body.rows);

		Array.from(head.parentNode.cells).forEach(function (other) {
			other.removeAttribute("aria-sort");
		});
		head.setAttribute("aria-sort", up ? "ascending" :
		    "descending");
		rows.sort(function (one, two) {
			return order(key(one, at), key(two, at), number, sign);
		});
		rows.forEach(function (row) {
			body.appendChild(row);
		});
	}

	Array.from(document.querySelectorAll("main table")).forEach(
	    function (table) {
		if (table.tBodies[0].rows.length === 1 ||
		    table.querySelector("th[scope=rowgroup]"))
			return;
		Array.from(table.tHead.rows[0].cells).forEach(
		    function (head, at) {
			var button = document.createElement("button");

			if (head.textContent === "")
				return;
			button.type = "button";
			while (head.firstChild)
				button.appendChild(head.firstChild);
			head.appendChild(button);
			button.addEventListener("click", function () {
				sort(table, head, at);
			});
		});
	});
}());
