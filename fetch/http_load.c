/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "fetch/http_private.h"

#include <dlfcn.h>
#include <string.h>

#include "base/err.h"
#include "base/mem.h"

static const char library[] = "libcurl.so.4";

enum {
	OLDEST = 0x075500	/* 7.85.0: CURLOPT_PROTOCOLS_STR */
};

/*
 * libcurl's memory: as ours, and wiped when it is freed, because it keeps
 * copies of URLs, headers and forms, some with secrets.
 */
struct block {
	size_t size;
	max_align_t data[];
};

static struct block *
block_of(void *data)
{
	return (struct block *)(void *)((char *)data -
	    offsetof(struct block, data));
}

static void *
heap_alloc(size_t size)
{
	struct block *block;

	if (size > PTRDIFF_MAX - sizeof(*block))
		return NULL;
	block = mem_alloc(1, sizeof(*block) + size);
	if (block == NULL)
		return NULL;
	block->size = size;
	return block->data;
}

static void
heap_free(void *data)
{
	struct block *block;

	if (data == NULL)
		return;
	block = block_of(data);
	mem_wipe(block->data, block->size);
	mem_free(block);
}

static void *
heap_resize(void *old, size_t size)
{
	size_t had = old != NULL ? block_of(old)->size : 0;
	void *data = heap_alloc(size);

	if (data == NULL)
		return NULL;
	if (had > 0)
		memcpy(data, old, had < size ? had : size);
	heap_free(old);
	return data;
}

static char *
heap_copy(const char *text)
{
	size_t size = strlen(text) + 1;
	char *copy = heap_alloc(size);

	if (copy != NULL)
		memcpy(copy, text, size);
	return copy;
}

static void *
heap_array(size_t count, size_t size)
{
	if (size != 0 && count > PTRDIFF_MAX / size)
		return NULL;
	return heap_alloc(count * size);
}

const struct err *
http_load(struct http_curl *curl)
{
	static const struct {
		const char *name;
		size_t at;
	} functions[] = {
#define X(name) { "curl_" #name, offsetof(struct http_curl, name) },
		HTTP_CURL(X)
#undef X
	};
	const curl_version_info_data *version;
	void *handle, *function;
	size_t i;

	handle = dlopen(library, RTLD_NOW | RTLD_LOCAL);
	if (handle == NULL)
		return err_new(ERR_SYSTEM, "%s: can't load it: %s: install "
		    "libcurl (on Debian: libcurl4)", library, dlerror());
	for (i = 0; i < sizeof(functions) / sizeof(functions[0]); i++) {
		function = dlsym(handle, functions[i].name);
		if (function == NULL)
			return err_new(ERR_SYSTEM, "%s: can't use it: it "
			    "lacks %s: install libcurl 7.85 or newer",
			    library, functions[i].name);
		/* POSIX's way from an object's pointer to a function's. */
		memcpy((char *)curl + functions[i].at, &function,
		    sizeof(function));
	}
	version = curl->version_info(CURLVERSION_NOW);
	if (version->version_num < OLDEST)
		return err_new(ERR_SYSTEM, "%s: can't use it: it is version "
		    "%s: install libcurl 7.85 or newer", library,
		    version->version);
	if (curl->global_init_mem(CURL_GLOBAL_DEFAULT, heap_alloc, heap_free,
	    heap_resize, heap_copy, heap_array) != CURLE_OK)
		return err_new(ERR_SYSTEM, "%s: can't use it: it fails to "
		    "begin: look at its installation", library);
	return NULL;
}

void
http_unload(const struct http_curl *curl)
{
	curl->global_cleanup();
}
