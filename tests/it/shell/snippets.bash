## Small scripts for bash, compared with ShellCheck. See ../shellcheck.rs for the lines that begin with #- and #+.
x=($(foo))
declare x=$(foo)
declare -r x=$(foo)
typeset x=$(foo)
local -r x=$(foo)
export x=$(foo) y=$(bar)
export x=a$(foo)
export x="a $(foo) b"
export x=`foo`
export x=$((1+$(foo)))
export x=${y:-$(foo)}
export -n x=$(foo)
readonly x=$(foo)
local x; x=$(foo)
export x="$(foo)"
export PATH="$(foo):$PATH"
x=1 export y=$(foo)
export x=$(foo) || exit 1
if export x=$(foo); then :; fi
export x=$(true)
#- SC2155 these do not fail
export x=$(echo foo)
#- SC2155 these do not fail
export x=$(printf foo)
#- SC2155 these do not fail
export x=$(cat x)
export x=$(uname)
export x=$(pwd)
export x=$(foo | bar)
export x=$(foo || true)
#- SC2155 these do not fail
export x=$(foo; true)
#- SC2155 these do not fail
export x=$(<file)
export x=$(nproc)
export x+=$(foo)
command export x=$(foo)
builtin export x=$(foo)
#- SC2155 not looked for behind `builtin`
#+ shell-variable-quoting an argument of `builtin`
env x=$(foo) bar
set -e; export x=$(foo)
export x=($(foo))
declare -x x=$(foo)
declare -i x=$(foo)
f() { local x=$(foo); }
export "x=$(foo)"
export x=$(a)$(b)
export x=<(foo)
readonly "x"="$(foo)"
echo "a\nb"
echo 'a\nb'
echo a\\nb
echo "\t"
echo "\r"
echo "\a"
echo "\b"
echo "\c"
echo "\e[0m"
echo "\033[0m"
echo "\x1b"
echo "\0"
echo "\07"
echo "\1"
echo "\123"
echo "\f"
echo "\v"
echo "\\n"
echo '\\n'
echo "\\\\n"
echo "\u1234"
echo "\E"
echo "\d"
echo "\s"
echo "\w"
echo -e "a\nb"
echo -n "a\nb"
echo -ne "a\nb"
echo -E "a\nb"
echo -en "a\n" > x
echo "a\nb" | sed x
echo "a\nb" > foo
echo "$x\n"
echo $'a\nb'
echo "a" "b\n"
echo \n
echo a\nb
echo -n x "\t"
echo "C:\new"
echo 'C:\new\table'
echo "\." "\n"
echo '^\n$'
echo 's/a/\n/' | sed -f -
foo "a\n"
sudo echo "a\n"
/bin/echo "a\n"
env echo "a\n"
exec echo "a\n"
command echo "a\n"
echo "`foo`\n"
echo '\n'"\n"
echo "\x"
echo "\xg"
echo "\0z"
echo "\8"
echo "\n" -e
echo - "\n"
echo -x "\n"
echo -nE "\n"
echo $x "\n"
echo "\\t"
echo "\\\t"
echo '\\\n'
echo "\\\\\n"
echo "a\n$b"
echo "$b" "a\n"
echo "${b}a\n"
foo $@
foo $*
#- SC2086 unquoted-array-expansion reports it
foo "$@"
foo "$*"
foo ${@}
foo ${*}
#- SC2086 unquoted-array-expansion reports it
foo ${x[@]}
foo ${x[*]}
#- SC2086 unquoted-array-expansion reports it
foo "${x[@]}"
foo "${x[*]}"
foo a$@
foo a"$@"
foo "a$@"
foo "a $*"
x=$@
x=$*
x="$@"
x=($@)
x=($*)
x=(${y[@]})
for i in $@; do :; done
for i in $*; do :; done
for i in "$@"; do :; done
for i in "$*"; do :; done
for i in ${x[@]}; do :; done
for i in ${x[*]}; do :; done
[ $@ = x ]
[ -z $@ ]
[ -n $* ]
#- SC2086 unquoted-array-expansion reports it
[[ $@ = x ]]
[[ -z $* ]]
case $@ in x) ;; esac
echo ${@:1}
echo ${@:2:3}
echo ${*:1}
#- SC2086 unquoted-array-expansion reports it
echo "${@:1}"
echo ${#@}
echo ${#x[@]}
echo ${!x[@]}
#- SC2154 names another variable
echo ${!x*}
#- SC2086 names have no blanks
echo ${!x@}
#- SC2086 names have no blanks
echo ${@+x}
echo ${@:+x}
echo ${@:-x}
echo ${1+"$@"}
echo ${x[@]+"${x[@]}"}
#- SC2154 arrays are left alone
echo ${x[@]:+foo}
#- SC2154 arrays are left alone
echo ${@%x}
echo ${@/x/y}
echo ${x[@]/x/y}
echo ${x[@]%x}
exec $@
exec $*
$@
$*
$@ foo
eval $@
eval $*
#- SC2086 unquoted-array-expansion reports it
eval "$@"
set -- $@
set -- $*
#- SC2086 unquoted-array-expansion reports it
sh -c "$@"
sh -c "$*"
foo > $@
foo <<< $@
#- SC2068 a here-string is not split
cat <<E␤$@␤E
export x=$@
export x=$*
local x=$*
local x=$@
declare x=$@
echo $((${#@} + 1))
echo $(foo $@)
echo `foo $*`
#- SC2086 unquoted-array-expansion reports it
sudo $@
return $@
unset $@
shift $@
foo --x=$@
foo --x=$*
#- SC2086 unquoted-array-expansion reports it
#+ unquoted-array-expansion `$*` is `$*` in any word
echo $@ $*
#- SC2086 unquoted-array-expansion reports it
echo $x
echo $X
echo $Xy
echo $x_Y
echo $foo $foo
echo ${x:-y}
echo ${x-y}
echo ${x:+y}
echo ${x:=y}
echo ${x:?y}
echo ${x?y}
echo ${x%y}
echo ${#x}
echo ${x[1]}
echo $((x + 1))
#- SC2154 an unset variable is zero in arithmetic
echo $(($x + 1))
[ -n "$x" ] && echo $x
[ -z "$x" ] || echo $x
[ -n "${x:-}" ] && echo $x
[ -v x ] && echo $x
[ "$x" ]
[[ -n $x ]]
[ "$x" = y ]
x=1; echo $x
echo $x; x=1
(x=1); echo $x
f() { x=1; }; echo $x
f() { local x; echo $x; }
f() { echo $x; }
read x; echo $x
foo | while read x y; do echo $x $y; done
for x in a; do :; done; echo $x
export x; echo $x
export x
declare x; echo $x
unset x; echo $x
x=1; unset x; echo $x
eval "x=1"; echo $x
#- SC2154 the text that is run may set it
. ./foo; echo $x
#- SC2154 the text that is run may set it
source foo; echo $x
#- SC2154 the text that is run may set it
. /etc/os-release && echo $version
#- SC2154 the text that is run may set it
getopts ab: x; echo $x $OPTARG
printf -v x y; echo $x
mapfile x; echo $x
readarray -t x; echo $x
let x=1; echo $x
((x=1)); echo $x
: $((x=1)); echo $x
: ${x:=1}; echo $x
x+=1; echo $x
x=($y); echo $x
echo $y1 $y2 $y3
echo $http_proxy $no_proxy
echo "$x" "$x" "$x"
x=$y
x=$x
PATH=$x
env x=1 sh -c 'echo $x'
#- SC2016 the dollar is for the program, not for this shell
x=1 sh -c 'echo $x'
sh -c "echo $x"
sh -c 'x=1'; echo $x
cat <<E␤$x␤E
cat <<'E'␤$x␤E
echo $foo_bar $fooBar
echo $abc $abd; abc=1
echo ${!x}
#- SC2154 names another variable
trap 'echo $x' EXIT
#- SC2154 expanded later
eval 'echo $x'
echo '$x'
alias a='echo $x'
#- SC2154 expanded later
exec {x}>foo; echo $x
coproc x { foo; }; echo $x
foo() { echo $1; }
[[ $x =~ y ]] && echo $BASH_REMATCH
echo $_ $- $IFS $RANDOM
echo $path $user $home
wait -p x; echo $x
[ -f $x ] && . $x
#- SC2154 the text that is run may set it
test -n "$x"; echo $x
#- SC2154 a test shows that being unset is expected
if [ -n "$x" ]; then echo $x; fi
echo ${x:-$y}
echo ${x:-}${x}
echo ${x+set} $x
set -u; echo $x
awk "{print $x}"
x() { :; }; echo $x
DEFINE_string x 1; echo $FLAGS_x
#+ unassigned-shell-variable a library of its own
source <(foo); echo $x
#- SC2154 the text that is run may set it
select x in a; do :; done; echo $x
for ((x=0;x<1;x++)); do echo $x; done
foo="$x" bar
echo $PYTHON_version
echo $GOlang
echo $a $b $c
read -r -a x; echo $x
read -p foo x; echo $x
read -n 1 x; echo $x
export x=1; echo $x
readonly x; echo $x
typeset x; echo $x
local x=1 y; echo $x $y
x[1]=2; echo $x
echo $x[1]
x=; if foo; then x=1; fi; echo $x
x=""; for i in a b; do x=$i; done; echo $x
x=; y=a$x; echo $y
x=; y=$x; echo $y
#- SC2086 an empty value has nothing to split
x=1; y=${x%1}; echo $y
#- SC2086 a part of plain text is plain
x=1; y=${x:-foo}; echo $y
#- SC2086 a part of plain text is plain
x=1; y=${x:-foo bar}; echo $y
#- SC2086 a part of plain text is plain
y=${x:-foo}; echo $y
y=${x:+foo}; echo $y
#- SC2086 a part of plain text is plain
x=1; y=${x/a/b}; echo $y
#- SC2086 a part of plain text is plain
x=1; y=${x#a}b; echo $y
#- SC2086 a part of plain text is plain
x=1; y="${x}"; echo $y
x=1; y=$x$z; echo $y
x=1; export x; echo $x
x=1; readonly x; echo $x
x=1; x+=b; echo $x
x=1; x+=" b"; echo $x
x="a b"; x+=b; echo $x
x=1; eval foo; echo $x
x=1; . ./foo; echo $x
x=1; read x; echo $x
x=1; : ${x:=a b}; echo $x
: "${x:=1}"; echo $x
x=$((x+1)); echo $x
((x++)); echo $x
declare -i x; echo $x
declare -i x=$y; echo $x
for i in {1..3}; do echo $i; done
#- SC2086 every word is plain text
for i in {a,b}; do echo $i; done
#- SC2086 every word is plain text
for i in a-{1..3}; do echo $i; done
#- SC2086 every word is plain text
for i in a b; do :; done; echo $i
for i in $(seq 1 3); do echo $i; done
for i in a b*; do echo $i; done
for i in $x a; do echo $i; done
x=1; for i in $x a; do echo $i; done
#- SC2086 every word is plain text
x=1; for i in "$x" a; do echo $i; done
for i in $((1)); do echo $i; done
for i in ~/a; do echo $i; done
x=~/a; echo $x
x=a=b; echo $x
x=a:b; echo $x
x=/a/b-c.d; echo $x
x="a'b"; echo $x
x='a?b'; echo $x
x='a[b'; echo $x
x='a]b'; echo $x
x='a{b,c}'; echo $x
x='a\b'; echo $x
x=a\ b; echo $x
x=a\b; echo $x
x='a$b'; echo $x
x='a"b'; echo $x
x='~'; echo $x
x='a	b'; echo $x
x='a;b'; echo $x
x='a!b'; echo $x
x='a#b'; echo $x
x=$'a'; echo $x
x=$'a b'; echo $x
x=(a b); echo $x
x=(a b); echo ${x[0]}
x=([0]=a); echo $x
x=1; while foo; do y=$x; echo $y; done
while foo; do x=1; echo $x; done; echo $x
x=1; while foo; do x=2; done; echo $x
until foo; do x=1; done; echo $x
x=1; while read x; do :; done; echo $x
while read -r x; do echo $x; done < foo
for ((i=0;i<3;i++)); do echo $i; done
select i in a b; do echo $i; done
x=1 y=$x; echo $y
x=1 y="$x z"; echo $y
x=1 echo $x
export x=1 y="$x z"; echo $y
foo && x=1 && echo $x
foo || x=1; echo $x
foo && { x=1; echo $x; }
{ x=1; }; echo $x
! x=1; echo $x
x=1 & echo $x
x="a b" & x=1; echo $x
x=1; if foo; then x="a b"; exit; fi; echo $x
x="a b"; if foo; then x=1; else x=2; fi; echo $x
x="a b"; foo && x=1 || x=2; echo $x
x="a b"; if foo; then x=1; elif bar; then x=2; else x=3; fi; echo $x
x="a b"; if foo; then x=1; elif bar; then x=2; fi; echo $x
case $y in a) x=1;; b) x=2;; *) x="a b";; esac; echo $x
case $y in a) x=1;; *) echo >&2; exit 1;; esac; foo $x
case $y in a|*) x=1;; esac; echo $x
case $y in a) x=1;; "*") x=2;; esac; echo $x
case $y in a) x=1;; b*) x=2;; ?*) x=3;; esac; echo $x
case $y in a) x=1; foo;; *) false;; esac; echo $x
case $y in a) x=1;; *) echo foo; exit 1 ;; esac && echo $x
set -e; case $y in a) x=1;; *) echo foo; return 1 ;; esac; echo $x
x="a b"; while :; do x=1; break; done; echo $x
x="a b"; while true; do x=1; done; echo $x
while true; do x=1; break; done; echo $x
f() { x=1; }; f; echo $x
f() { local x=1; echo $x; }; f
f() { local x; x=1; echo $x; }; f
f() { echo $1; }; f a
x=1; f() { echo $x; }; f
x=1; f() { echo $x; }; x="a b"; f
(x=1; echo $x)
y=$(x=1; echo $x)
x=1; y=$(echo $x)
x=1; echo "$(echo $x)"
x=1; foo | echo $x
x=1; sh -c "echo $x"
getopts ab: x; echo $x $OPTARG $OPTIND
trap 'x="a b"' EXIT; x=1; echo $x
x=1; trap 'echo $x' EXIT
echo $EUID $BASHPID $SHLVL $BASH_SUBSHELL $HISTCMD $COLUMNS $LINES $OPTIND $SRANDOM $EPOCHSECONDS
echo $HOSTNAME $OSTYPE $HOSTTYPE $MACHTYPE $BASH_VERSION $PWD $TMPDIR $LANG $EPOCHREALTIME
test -n "$x" && y=1; echo $y
#- SC2154 a test shows that being unset is expected
x=1; echo ${x}y ${x:-$z}
echo ${z:-$x}
echo ${z:-"$x"}
echo ${z:+$x}
echo ${z:+a$x}
echo ${z:+"$x" "$y"}
echo "${z:-$x}"
echo "${z:-"$x"}"
echo ${z:=$x}
: ${z:=$x}
: ${z=$x}
[ -n ${x} ]
[ $x ]
[ ! $x ]
[ $x -eq 1 ]
[[ -n $x ]] && echo $x
[ "$x" -eq 1 ] && echo $x
x=$1; echo $x
x="$@"; echo $x
x=$#; echo $x
x=$?; echo $x
x=$$; exit $x
foo; x=$?; exit $x
x=$!; kill $x
x=${y}; echo $x
x="$(foo)"; echo $x
cmd=foo; $cmd $a
x=$UID; echo $x
echo $x{a,b}
echo {a,$x}
echo $x*
echo ~$x
echo ${x}/*
echo "$x"/*$y
foo=bar $x baz
foo=bar$x baz
declare -a x; echo $x
declare -a x; echo ${x[@]}
export foo="a b" bar=$foo
awk -v x=$y foo
export PATH=$PATH:/foo
PATH=$PATH:/foo
PATH=$PATH:/foo foo
export x=${y}z
readonly x=$y/z
alias x=$y
env x=$y foo
dd if=$x of=$y
local x=$y
make CC=$x
let x=$y
let x+=$y
expr $x + 1
echo $(($x))
echo $[ $x ]
((x = $y))
x[$y]=$z
echo ${x[$y]}
#+ unassigned-shell-variable ShellCheck does not look into subscripts and offsets
echo ${x:$y}
#+ unassigned-shell-variable ShellCheck does not look into subscripts and offsets
echo "${x:$y}"
#+ unassigned-shell-variable ShellCheck does not look into subscripts and offsets
echo ${x:$y:$z}
#+ unassigned-shell-variable ShellCheck does not look into subscripts and offsets
#+ unassigned-shell-variable ShellCheck does not look into subscripts and offsets
echo `echo $x`
echo "`echo $x`"
echo "$(echo $x)"
foo <(echo $x)
cat > $x <<E
#- SC1072 the shell takes what there is
cat <<E > $x␤a␤E
foo >$x/$y
foo &>$x
foo 2>$x
exec 3>$x
exec $x $y
exec "$x" $y
if $x; then :; fi
! $x
time $x
$x | $y
sudo -u $x foo
"$x" $y
$x$y
$x$y z
$(foo)$x
~/$x
nohup $x
command $x
builtin $x
. $x
#- SC2154 the text that is run may set it
source $x
#- SC2154 the text that is run may set it
if foo; then bar
if foo; bar; fi
if foo then bar; fi
if foo; then; fi
if foo; then bar; else; fi
if; then bar; fi
while foo; do bar
while foo; bar; done
while foo; do; done
for i in a b; do echo
for i in a b; done
for i in a b do echo; done
for i in a b; { echo; }
for 1 in a; do b; done
#- SC1072 fails only when it is run, or only in some shells
case x in a) b
case x in a b) c;; esac
case x a) b;; esac
case x in a) b; c) d;; esac
foo (bar)
foo() { bar
foo() bar
#- SC1072 some POSIX shell reads it
function foo { bar; }
function foo() { bar; }
foo(a) { bar; }
foo() { }
{ foo; 
{ foo }
{foo; }
( foo
foo )
()
( )
$(foo
`foo
"foo
'foo
${foo
$((1+2)
((1+2)
[[ a = b ]
[[ a ]] b
[[ -f ]]
[[ a b ]]
[[ ]]
[ a = b
[ a = b ]]
#+ shell-syntax-error ShellCheck has SC1034 for it
[ a && b ]
#+ shell-syntax-error ShellCheck has SC2107 for it
[ ( a ) ]
foo &&
foo ||
&& foo
|| foo
| foo
foo |
foo | | bar
foo && && bar
foo ; ; bar
foo ;; bar
; foo
foo & & bar
foo &; bar
foo & bar
foo &&& bar
foo > 
foo >> | bar
foo < < bar
foo <<EOF
#- SC1072 the shell takes what there is
foo <<
foo <<< 
foo 2>&
> foo
foo >& bar
foo &> bar
fi
done
then foo
do foo
esac
else foo
}
{
foo }
foo { bar
if foo; then bar; fi baz
while foo; do bar; done baz
(foo) bar
{ foo; } bar
foo=(a b)
foo=(a
foo=( a b ) bar
foo = bar
foo= bar
$foo=bar
#+ shell-variable-quoting the name of a command, not an assignment
1foo=bar
foo[1]=bar
foo[1=bar
foo+=bar
!foo
! foo
! ! foo
!
#- SC1072 some POSIX shell reads it
time
elif foo
if foo; then bar; elif baz; fi
if foo; then bar; else if baz; then x; fi
if foo; then bar; else baz; elif x; then y; fi
if [ a = b]; then c; fi
if [a = b ]; then c; fi
if ! [ a ]; then c; fi
if (foo); then c; fi
if foo && bar then c; fi
if foo; then bar fi
foo $(bar
foo $(bar))
#- SC2046 one of the things behind a syntax error
foo `bar `baz` qux
foo "$(bar "baz")"
foo "a $(b "c" d"
foo ${bar:-"baz}
foo ${bar baz}
#- SC2154 no operation that a shell knows
foo ${}
foo ${!}
foo $(
foo $()
foo $(( ))
foo $((1
foo $[1+
#- SC1072 some POSIX shell reads it
echo 'it's'
echo "a"b"
echo \"
echo "\"
echo a\
echo a # b "c
echo $'a\'b'
echo $"a"
for ((i=0;i<3;i++)); do a; done
for ((i=0;i<3)); do a; done
#- SC1072 fails only when it is run, or only in some shells
for (i=0;i<3;i++); do a; done
for i; do a; done
for i do a; done
for i in; do a; done
for $i in a; do b; done
for i in a; do b; done; done
select i in a; do b; done
until a; do b; done
coproc a { b; }
a() (b)
a() if b; then c; fi
#- SC1072 some POSIX shell reads it
a () { b; }
a-b() { c; }
a.b() { c; }
echo (a)
echo a(b)
echo ;
echo &
echo |& foo
foo bar() { a; }
@(a|b)
#- SC1072 some POSIX shell reads it
echo @(a|b)
echo !(a)
ls *(a)
[[ a =~ (b|c) ]]
[[ a =~ b c ]]
[[ (a) ]]
[[ ! a && b || c ]]
[[ a -foo b ]]
#+ shell-syntax-error the shells refuse it
[[ a < b ]]
case x in (a) b;; esac
case x in a|b) ;; esac
case x in esac
case x in a) ;; b) esac
case x in a) foo ;& b) ;; esac
case in in in) a;; esac
case x in a) foo;; esac bar
export a=(b c)
local a=(
declare -A a=([x]=1)
a=([x]=1 [y]=2)
#- SC2154 arrays are left alone
#- SC2154 arrays are left alone
function a b; 
#- SC1072 some POSIX shell reads it
function { a; }
time -p foo
{ foo; bar; } && baz
{ foo; bar; } | baz
(( a = 1 ))
(( a = ))
$(( a = ))
$((a b))
a=$((1 +))
<(foo)
cat <(foo) >(bar)
foo 3>&- 2>&1 <&-
foo {fd}>x
a=b c=d
a=`b`c
if foo;then bar;fi;baz
if foo; then # x
while :; do foo; done < bar | baz
foo;
foo;;
(foo;)
(foo;;)
{ foo;; }
foo() { bar; }; baz
foo() { bar; } baz
echo {a,b
echo {a b}
echo }
echo { a }
echo [
echo ]
echo if then fi
echo do done
echo [ a
[
]
[ ]
[[
test
]]
echo ]]
echo [[ a
$(if a; then b; fi)
$(if a; then b; )
"$(if a; then b; fi"
"${a:-$(b}"
(a; (b; c)
((a; b); c)
((a); b)
( (a) )
$( (a) )
$((a) )
if a; then (b; fi
while read -r a; do b; done <<< "$c"
while read -r a; do b; done < <(c)
a && (b || c) && d
a && { b || c } && d
a && { b || c; } && d
a || ! b
a && ! b
a | ! b
#+ shell-syntax-error the shells refuse it
! a | b
