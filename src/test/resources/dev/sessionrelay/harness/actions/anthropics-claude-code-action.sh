# Plays anthropics/claude-code-action: asks Claude what the comment says, lets it edit and commit on a branch of its own,
# puts out the session and the file in which it says how that went, and pushes the branch.
of_event() { node -p "const event = require('$GITHUB_EVENT_PATH'); $1"; }
body=$(of_event '(event.comment ?? event.review ?? event.issue).body')
number=$(of_event '(event.issue ?? event.pull_request).number')
git config user.name 'claude[bot]'
git config user.email 'claude[bot]@users.noreply.github.com'
git switch -q "claude/issue-$number" 2>/dev/null || git switch -q --create "claude/issue-$number"
npm install --global @anthropic-ai/claude-code@2.1.332
export CLAUDE_CODE_ENTRYPOINT=claude-code-github-action CLAUDE_CODE_ACTION=1 ANTHROPIC_API_KEY=$INPUT_ANTHROPIC_API_KEY
eval "set -- $INPUT_CLAUDE_ARGS"
claude "$@" --permission-mode acceptEdits --allowedTools 'Bash(git add:*),Bash(git commit:*)' \
  --output-format json --verbose --print "$body" >"$RUNNER_TEMP/claude-execution-output.json"
{
  echo "session_id=$(node -p "require('$RUNNER_TEMP/claude-execution-output.json').at(-1).session_id")"
  echo "execution_file=$RUNNER_TEMP/claude-execution-output.json"
} >>"$GITHUB_OUTPUT"
git push -q origin HEAD
