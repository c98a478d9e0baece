## Small scripts for sh, compared with ShellCheck. See ../shellcheck.rs for the lines that begin with #- and #+.
echo $a
x=$a
x=$a; echo $x
x=1; echo $x
x=abc; echo $x
x="a b"; echo $x
x=; echo $x
#- SC2086 an empty value has nothing to split
x='*'; echo $x
x=a*; echo $x
x=$(date); echo $x
x=$((1+2)); echo $x
x=${#a}; echo $x
#- SC2086 a length is a number
x=a-$((1))-b; echo $x
x=1; y=$x; echo $y
x=1; y=${x}a; echo $y
x=1; y="$x b"; echo $y
export x=1; echo $x
export x; echo $x
readonly x=1; echo $x
local x=1; echo $x
read x; echo $x
read -r x; echo $x
for i in a b c; do echo $i; done
for i in "a b" c; do echo $i; done
for i in *; do echo $i; done
for i in $a; do echo $i; done
for i in 1 2; do echo $i; done
for i in a$b; do echo $i; done
for i; do echo $i; done
if foo; then x=1; else x=2; fi; echo $x
if foo; then x=1; else x="a b"; fi; echo $x
if foo; then x=1; fi; echo $x
x="a b"; if foo; then x=1; fi; echo $x
x=1; foo && x="a b"; echo $x
x=1; foo || x="a b"; echo $x
x="a b"; foo && x=1; echo $x
x=1; while foo; do echo $x; x="a b"; done; echo $x
case $y in a) x=1;; b) x=2;; esac; echo $x
case $y in a) x=1;; *) x=2;; esac; echo $x
case $y in a) x=1;; *) exit 1;; esac; echo $x
if foo; then x=1; else exit 1; fi; echo $x
if foo; then x=1; else return 1; fi; echo $x
f() { x="a b"; }; x=1; f; echo $x
f() { echo $x; }; x=1; f
(x=1); echo $x
x=1; (x="a b"); echo $x
x=1; foo | x="a b"; echo $x
x=1 foo $x
echo $1
echo $@
echo $*
#- SC2086 unquoted-array-expansion reports it
echo $#
echo $?
echo $$
echo $!
echo $-
echo $0
echo ${a}
echo ${a:-b}
echo ${a:-"b c"}
echo ${a:+b}
echo ${a:+"$b"}
echo ${a+"$@"}
echo ${a:=b}
: ${a:=b}
: ${a:?}
#- SC2086 `:` does nothing with its arguments
: $a
#- SC2086 `:` does nothing with its arguments
echo ${a%x}
x=1; echo ${x%1}
x=1; echo ${x:-foo}
x=1; echo ${x:+foo bar}
echo ${#a}
echo ${a/b/c}
echo "$a"$b
echo a$b
echo $a$b
echo --foo=$a
$a
$a b
$a/bin/b c
foo/$a
sudo $a
exec $a
[ $a = b ]
[ -z $a ]
[ -n $a ]
test $a = b
[[ $a = b ]]
case $a in b) ;; esac
case b in $a) ;; esac
foo > $a
foo < $a
foo >> "$a"$b
foo 2>&$a
foo <<< $a
#- SC2086 a here-string is not split
cat <<E␤$a␤E
export x=$a
readonly x=$a
local x=$a
declare x=$a
typeset x=$a
export $a
unset $a
x=($a)
x[$a]=1
echo ${x[$a]}
#+ unassigned-shell-variable ShellCheck does not look into subscripts and offsets
echo $((a + $b))
#- SC2154 an unset variable is zero in arithmetic
eval $a
#- SC2154 the text that is run may set it
eval "x=$a"
#- SC2154 the text that is run may set it
set -- $a
shift $a
return $a
exit $a
exit $?
cd $a
rm -rf $a/*
echo $UID $PPID $RANDOM $LINENO $SECONDS $HOME $PATH $USER $PWD
echo $(date)
echo `date`
x=$(date)
export x=$(date)
export x="$(date)"
readonly x=`date`
foo > $(date)
for i in $(ls); do :; done
[ -z $(date) ]
[[ -z $(date) ]]
[ $(nproc) -gt 1 ]
make -j$(nproc)
kill $(pgrep x)
kill $(cat x)
rm $(find . -name x)
echo $(echo a)
echo a$(b)c
foo "$(bar)"$(baz)
foo $(bar $(baz))
foo "$(bar $(baz))"
$(foo)
$(foo) bar
foo=$(a) bar $(b)
sudo $(foo)
exec $(foo)
eval $(foo)
eval "$(foo)"
set -- $(foo)
foo <<< $(bar)
#- SC2046 a here-string is not split
echo $(<file)
echo $(seq 1 3)
echo $(cat x | wc -l)
echo $(wc -l x)
echo $((1+$(date)))
echo ${x:-$(date)}
echo "${x:-$(date)}"
case $(foo) in $(bar)) ;; esac
x=($(foo))
foo $(pidof x)
#- SC2046 prints numbers that are meant to be split
foo $(id -u)
foo $(uname -r)
foo $(expr 1 + 1)
foo $(true)
foo $()
foo $(# comment␤)
foo $(dpkg --print-architecture)
foo $(pgrep a | head)
foo $(getconf _NPROCESSORS_ONLN)
foo $(nproc --all)
foo $(bar | nproc)
foo $(nproc | cat)
foo $(date +%s)
foo $(id -g)
foo -j`nproc`
foo -j$(grep -c x y)
foo $(printf x)
foo $(echo "a b")
foo $(pwd)
foo 2>&1 $(bar)
cd $(foo)
return $(foo)
exit $(foo)
declare x=$(foo)
local x=$(foo)
unset $(foo)
$(foo)/bar
$(foo)/bar baz
: $(foo)
#- SC2046 `:` does nothing with its arguments
: ${x:=$(foo)}
test -n $(foo)
trap $(foo) EXIT
alias a=$(foo)
cat <<E␤$(foo)␤E
ls *
ls *.c
rm *
rm ./*
rm -- *
rm -rf -- *
rm -rf *
rm a*
rm *a
cp * /tmp
cp -r * /tmp
cp -r foo *.x /tmp
mv */foo .
mv */ .
tar cf x *
tar -xzf *.tgz
echo *
echo *.c
printf '%s' *
printf '%s\n' *.c
for i in *; do :; done
for i in *.c; do :; done
[ -f * ]
test -e *.c
[ *.c = x ]
cat < *.c
dpkg -i *.deb
rpm -i *.rpm
$x *
"$x" *
grep foo *
sed -i x *
chmod +x *.sh
find * -name x
find . -name *.c
ls ?
ls ?.c
ls [a-z]
ls [a-z]*
ls "a"*
ls *"a"
ls $x*
ls *$x
ls **/x
ls *.{c,h}
ls {*.c,*.h}
set -- *
x=*
x=(*)
case x in *) ;; esac
unzip *.zip
java -cp * foo
git add *
mv -- *.c x
mv *.c -- x
: *
exec ls *
sudo rm *
xargs rm *
ls \*
ls '*'
ls @(a|b)
ls *(a)
basename *.tar
cd *
cd */
eval ls *
export x=*
true *
let x=*
expr 1 * 2
pip install *.whl
set - *
su -c ls *
command rm *
(cd x && rm *)
echo '$x'
echo '${x}'
echo '$(x)'
echo '`x`'
echo '$1'
echo '$'
echo '$ x'
echo '$?'
echo '$@'
echo '$*'
echo '$$'
echo '$#'
echo '$_'
echo '$((1))'
echo '$[1]'
echo '`'
echo '`a`b`'
echo 'a $x b'
echo 'it costs $5'
echo "'$x'"
echo '\$x'
echo 'a'"$b"'$c'
x='$y'
export x='$y'
export PS1='$x'
#- SC2154 expanded whenever the prompt is shown
PS1='$x '
#- SC2154 expanded whenever the prompt is shown
PS4='$x'
#- SC2154 expanded whenever the prompt is shown
PROMPT_COMMAND='$x'
#- SC2154 expanded whenever the prompt is shown
awk '{print $1}'
gawk '{print $1}'
mawk '{print $1}'
sed 's/$x//'
sed -e 's/a$/b/'
sed 's/${x}/b/'
#- SC2016 the last line, a block or a file, in the language of sed
perl -e '$x'
ruby -e '$x'
#- SC2016 the dollar is for the program, not for this shell
python -c '$x'
#- SC2016 the dollar is for the program, not for this shell
php -r '$x'
#- SC2016 the dollar is for the program, not for this shell
node -e '$x'
#- SC2016 the dollar is for the program, not for this shell
jq '$x'
yq '$x'
#- SC2016 the dollar is for the program, not for this shell
grep '$x'
#- SC2016 the dollar is for the program, not for this shell
grep '^a$'
egrep '$x'
#- SC2016 the dollar is for the program, not for this shell
find . -exec sh -c '$0' {} \;
sh -c '$x'
sh -c 'echo $x'
bash -c 'echo $x'
dash -c 'echo $x'
#- SC2016 the dollar is for the program, not for this shell
su -c 'echo $x'
#- SC2016 the dollar is for the program, not for this shell
su foo -c 'echo $x'
#- SC2016 the dollar is for the program, not for this shell
sudo sh -c 'echo $x'
sudo awk '$1'
sudo -u x sh -c '$y'
eval 'echo $x'
trap 'echo $x' EXIT
#- SC2154 expanded later
alias x='$y'
#- SC2154 expanded later
envsubst '$x'
#- SC2016 the dollar is for the program, not for this shell
envsubst '${x} $y'
#- SC2016 the dollar is for the program, not for this shell
dpkg-query -f '${Package}' -W
dpkg-query -W -f='${Package}'
dpkg-query --showformat='${Package}'
printf '$x'
printf '%s\n' '$x'
echo '$x' > foo
echo '$x' >> /etc/profile
cat <<< '$x'
[ '$x' = "$y" ]
[[ '$x' = y ]]
#- SC2016 not looked at in `[[` and `case`
case '$x' in y) ;; esac
#- SC2016 not looked at in `[[` and `case`
case "$x" in '$y') ;; esac
#- SC2016 not looked at in `[[` and `case`
test '$x' = y
ssh host 'echo $x'
xprop '$x'
xargs sh -c '$x'
#- SC2016 the dollar is for the program, not for this shell
foo | xargs -I{} sh -c 'echo $x'
#- SC2016 the dollar is for the program, not for this shell
git filter-branch 'x $y'
git filter-branch --tree-filter '$y'
parallel '$x'
#- SC2016 the dollar is for the program, not for this shell
docker exec x sh -c '$y'
docker run x '$y'
kubectl '$x'
#- SC2016 the dollar is for the program, not for this shell
find . -name '$x'
rename 's/$x/y/'
mumps -run %XCMD '$x'
mumps -run LOOP%XCMD '$x'
oc get '$x'
crontab '$x'
#- SC2016 the dollar is for the program, not for this shell
psql -c '$x'
#- SC2016 the dollar is for the program, not for this shell
mysql -e '$x'
#- SC2016 the dollar is for the program, not for this shell
env FOO='$x' bar
FOO='$x' bar
nginx -g '$x'
gosu foo '$x'
exec sh -c '$x'
command sh -c '$x'
time sh -c '$x'
busybox sh -c '$x'
chroot x sh -c '$y'
runuser -c '$x'
#- SC2016 the dollar is for the program, not for this shell
script -c '$x'
timeout 5 sh -c '$x'
#- SC2016 the dollar is for the program, not for this shell
nice sh -c '$x'
#- SC2016 the dollar is for the program, not for this shell
setsid sh -c '$x'
#- SC2016 the dollar is for the program, not for this shell
tclsh '$x'
#- SC2016 the dollar is for the program, not for this shell
expect -c '$x'
#- SC2016 the dollar is for the program, not for this shell
lua -e '$x'
#- SC2016 the dollar is for the program, not for this shell
Rscript -e '$x'
#- SC2016 the dollar is for the program, not for this shell
gdb '$x'
readonly x='$y'
local x='$y'
declare x='$y'
typeset x='$y'
unset '$x'
set -- '$x'
return '$x'
echo $'$x'
echo 'a$b'
echo 'a$bc.d'
echo 'a.$bc'
echo '$b.c'
echo '%$x'
echo '$x=1'
echo '$X'
echo '$XX'
echo '{$x}'
echo '${x'
echo '${x:-y}'
echo '${x.y}'
echo '${ x }'
echo '${{x}}'
echo '$('
echo '$(x'
echo '`x'
echo '^$a'
echo '$a$'
echo 'deb [arch=$(dpkg)] x'
echo '$%x'
echo '$-'
echo '$!'
echo '$0'
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
echo \a
echo \t
echo \r
echo \d
echo \w
echo \.
echo \-
echo \:
echo \/
echo \"
echo \'
echo \$
echo \ 
echo \#
echo \{ \} \( \) \[ \] \* \? \< \> \& \| \; \! \~ \= \+ \, \% \^ \@ \_
echo \1
echo \A
grep a\.b
grep \\.
grep ^a\d
find . -name \*.c -exec foo {} \;
sed s/a/\n/
sed s/\//x/
tr \n x
\ls
\rm x
echo a\bc
foo \u
foo C:\Users\x
foo=\a
foo=\n
case x in \a) ;; esac
[[ x =~ \d ]]
[[ x =~ a\.b ]]
echo \-x
echo x\-y
foo \--x
foo x\:y
foo x\/y
foo \é
cat <<E␤\a␤E
echo `echo \a`
echo $(echo \a)
echo ${x:-\a}
x[\a]=1
#- SC1001 not looked at in subscripts
echo "$(echo \a)"
echo "`echo \a`"
> \a
awk \d
foo \b\c
printf \n
printf \t\n
printf a\n
for i in \a; do :; done
echo \x41
printf $x
printf "$x"
printf "a $x"
printf "a $x\n" b
printf "%s $x"
printf '%s' $x
printf "$x" y
printf "$(foo)"
printf $(foo)
printf "`foo`"
printf -v x "$y"
printf -- "$x"
printf "${x}\n"
printf "a%s${x}b" y
printf "%s\n" "$x"
printf "$((1))"
printf "${x:+%s}" y
printf $'a\n'
printf "${x%s}"
x='%s'; printf "$x" y
x=abc; printf "$x"
printf "$1"
printf "$@"
printf "${x[@]}"
printf "$*"
printf "$?"
printf "$#\n"
printf "${#x}\n"
printf "a" "$x"
printf ${x}%s y
printf '%s'"$x" y
sudo printf "$x"
env printf "$x"
/usr/bin/printf "$x"
#+ variable-in-printf-format the program printf reads its format like the builtin
command printf "$x"
exec printf "$x"
printf "%${x}s" y
printf "%${x}s\n" y
printf "%-${x}s" y
printf "%.${x}f" y
printf "%*s" "$x" y
printf "${RED}foo"
printf "$RED%s" foo
printf "$x%s\n" foo
printf "a${x}%s" y
printf "%s$x" y
printf "deb $x main\n" > y
printf "$x" | foo
printf "~$x"
printf "$x\n" "$y" "$z"
printf "$x" "$@"
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
echo $x; x=1
f() { x=1; }; echo $x
f() { local x; echo $x; }
f() { echo $x; }
foo | while read x y; do echo $x $y; done
for x in a; do :; done; echo $x
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
echo ${!x*}
#- SC2086 names have no blanks
alias a='echo $x'
#- SC2154 expanded later
exec {x}>foo; echo $x
coproc x { foo; }; echo $x
#+ shell-syntax-error the shells refuse it
#+ unassigned-shell-variable sh has no coprocesses
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
#+ shell-variable-quoting sh has no `$[`
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
echo \+
echo \,
echo \%
echo \^
echo \@
echo \_
echo \=
echo \!
echo \~
echo \]
echo \}
echo \é
x=`` 
echo `  `
x=`# foo`
x=`a \`b\``
x="`a "b"`"
unset $x
set *
set x *
declare *
let *
trap * x
su *
echo a *
find . *.c
sed 's/a$x/b/'
sed 's/a$/b/;s/$c/d/'
#+ expansion-in-single-quotes there is no line end in front of the c
sed '$d'
sed '$p'
sed '$!N;$a foo'
sed '$aFOO'
#- SC2016 the last line, a block or a file, in the language of sed
sed '$i x'
sed '${/a/d}'
sed '${s/a/b/}'
#- SC2016 the last line, a block or a file, in the language of sed
sed '/a/,$d'
sed 's/x/$1/'
sed 's/x/${1}/'
sed 's|a|$HOME|'
sed 's/$(foo)/x/'
sed 's/`x`/y/'
sed -i 's/$foo = 1/$foo = 2/' x
sed -i "s/a/b/" '$x'
#- SC2016 the last line, a block or a file, in the language of sed
sed -i '$ a foo' x
sed '$s/a/b/'
sed '$c\foo'
sed '$x'
#- SC2016 the last line, a block or a file, in the language of sed
sed '$D'
#- SC2016 the last line, a block or a file, in the language of sed
sed -n '$='
sed '$q'
#- SC2016 the last line, a block or a file, in the language of sed
sed '$r foo'
#- SC2016 the last line, a block or a file, in the language of sed
sed '$w'
#- SC2016 the last line, a block or a file, in the language of sed
sed '/foo$bar/d'
find . -exec echo '$x' \;
find . -exec bash -c '$x' \;
perl '$x'
awk -v x='$y' foo
jq -r '.[$x]'
git config '$x'
git '$x'
docker '$x'
sh '$x'
ksh -c '$x'
zsh -c '$x'
ash -c '$x'
#- SC2016 the dollar is for the program, not for this shell
nawk '$1'
time awk '$1'
command awk '$1'
xargs awk '$1'
#- SC2016 the dollar is for the program, not for this shell
foo | awk '$1'
alias '$x'
#- SC2154 expanded later
trap '$x' EXIT
#- SC2154 expanded later
rename '$x'
expr '$x'
#- SC2016 the dollar is for the program, not for this shell
echo '$x' | sh
PS2='$x'
#- SC2154 expanded whenever the prompt is shown
PS3='$x'
#- SC2154 expanded whenever the prompt is shown
cat '$x'
sudo dpkg-query -W -f '${x}'
dpkg-query -W '-f=${db:Status}'
dpkg-query -W '${x}'
dpkg -l '$x'
rpm -q --qf '%{x} $y'
test -v '$x'
#- SC2016 the dollar is for the program, not for this shell
[ -v '$x' ]
oc '$x'
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
foo $(( ))
foo $((1
foo $[1+
#- SC1072 some POSIX shell reads it
echo 'it's'
echo "a"b"
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
#+ shell-syntax-error the shells refuse it
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
