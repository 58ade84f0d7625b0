# Plays actions/checkout: the wanted ref alone and one commit deep, or with fetch-depth 0 all branches with their history;
# the job's token stays in the repository's settings, for pushes.
find . -mindepth 1 -delete
git init -q .
git remote add origin "$GITHUB_SERVER_URL/$GITHUB_REPOSITORY"
git config "http.$GITHUB_SERVER_URL/.extraheader" "AUTHORIZATION: basic $(printf 'x-access-token:%s' '${{ github.token }}' | base64 -w0)"
ref=${INPUT_REF:-$GITHUB_REF}
[[ $ref == refs/* ]] || ref=refs/heads/$ref
case $ref in refs/heads/*) here=refs/remotes/origin/${ref#refs/heads/} ;; *) here=refs/remotes/${ref#refs/} ;; esac
if [[ ${INPUT_FETCH_DEPTH:-1} == 0 ]]; then
  git fetch -q origin '+refs/heads/*:refs/remotes/origin/*' "+$ref:$here"
else
  git fetch -q --no-tags --depth "${INPUT_FETCH_DEPTH:-1}" origin "+$ref:$here"
fi
case $ref in
refs/heads/*) git checkout -q --force -B "${ref#refs/heads/}" "$here" ;;
*) git checkout -q --force --detach "$here" ;;
esac
