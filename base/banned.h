/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * Calls that this project does not make, turned into compile errors.  The
 * GNUmakefile includes this file before every source (-include), so the
 * system's headers that declare them come first.  Each has a safe
 * counterpart in base/: text grows in struct buf, numbers are read by
 * text_int, dates by date.h, memory comes from mem.h.
 */
#ifndef BASE_BANNED_H
#define BASE_BANNED_H

#include <ctype.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define BANNED(call) sorry_##call##_is_a_banned_call

#undef strcpy
#define strcpy(...) BANNED(strcpy)
#undef strcat
#define strcat(...) BANNED(strcat)
#undef strncpy
#define strncpy(...) BANNED(strncpy)
#undef strncat
#define strncat(...) BANNED(strncat)
#undef sprintf
#define sprintf(...) BANNED(sprintf)
#undef vsprintf
#define vsprintf(...) BANNED(vsprintf)
#undef strtok
#define strtok(...) BANNED(strtok)
#undef atoi
#define atoi(...) BANNED(atoi)
#undef atol
#define atol(...) BANNED(atol)
#undef atof
#define atof(...) BANNED(atof)
#undef sscanf
#define sscanf(...) BANNED(sscanf)
#undef scanf
#define scanf(...) BANNED(scanf)
#undef gmtime
#define gmtime(...) BANNED(gmtime)
#undef localtime
#define localtime(...) BANNED(localtime)
#undef mktime
#define mktime(...) BANNED(mktime)
#undef strftime
#define strftime(...) BANNED(strftime)
#undef setlocale
#define setlocale(...) BANNED(setlocale)
#undef alloca
#define alloca(...) BANNED(alloca)
#undef isalpha
#define isalpha(...) BANNED(isalpha)
#undef tolower
#define tolower(...) BANNED(tolower)
#undef toupper
#define toupper(...) BANNED(toupper)
#undef tmpnam
#define tmpnam(...) BANNED(tmpnam)
#undef system
#define system(...) BANNED(system)

#endif
