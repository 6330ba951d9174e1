/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* The first chart as a picture of its own. */

#include "output/write.h"

#include "output/chart.h"
#include "output/report.h"
#include "output/writer.h"

void
write_svg(const struct report *report, const struct writer_options *options,
    struct buf *out)
{
	const struct chart *chart = report_first_chart(report);

	(void)options;
	if (chart != NULL)
		chart_svg(chart, "chart", true, out);
}
