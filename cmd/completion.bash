# SPDX-FileCopyrightText: 2026 The cabrief authors
# SPDX-License-Identifier: ISC
#
# Completion for bash, out of the program's own tables of commands and
# options.
_cabrief()
{
	local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}
	local word command= words option values

	for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
		if [[ $word != -* ]] &&
		    "${COMP_WORDS[0]}" "$word" --complete-options \
		    >/dev/null 2>&1; then
			command=$word
			break
		fi
	done
	words=$("${COMP_WORDS[0]}" $command --complete-options 2>/dev/null)
	if [[ $prev == "=" ]]; then
		option=${COMP_WORDS[COMP_CWORD-2]}
	elif [[ $cur == "=" ]]; then
		option=$prev cur=
	else
		option=$prev
	fi
	values=$(awk -F= -v o="$option" '$1 == o { print $2 }' <<<"$words")
	if [[ $option == --* && -n $values ]]; then
		COMPREPLY=($(compgen -W "${values//|/ }" -- "$cur"))
	elif [[ $cur == -* || -z $command ]]; then
		COMPREPLY=($(compgen -W "$(sed 's/=.*//' <<<"$words")" \
		    -- "$cur"))
	else
		COMPREPLY=($(compgen -f -- "$cur"))
	fi
}
complete -F _cabrief cabrief
