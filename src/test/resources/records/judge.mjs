// Reads records as Claude Code does: a line is trimmed as JavaScript trims, and parsed. Told are, for each pair of what
// a store holds and what is made of it, four numbers: how many lines of the store's are objects, how many of them would
// act or steer, how many lines are made of it, and how many of these would, or are not JSON as it stands.
const acts = new Set(['worktree-state', 'permission-mode', 'relocated', 'bridge-session', 'of-the-future'])
const conversation = new Set(['user', 'assistant', 'custom-title', 'last-prompt'])

const read = (line) => {
  try {
    const record = JSON.parse(line.replace(/^\0+/, '').trim())
    return record !== null && typeof record === 'object' && !Array.isArray(record) ? record : undefined
  } catch {
    return undefined
  }
}
const isHarmful = (record) =>
  acts.has(record.type) ||
  (record.type === 'system' && (record.subtype ?? 'informational') !== 'informational') ||
  (record.type === 'attachment' && (record.attachment?.type !== 'file' || record.renderedRole !== 'user'))
const lines = (bytes) => bytes.toString('utf8').split('\n')

function judge(stored, made) {
  const records = lines(stored).map(read).filter((record) => record !== undefined)
  const acting = records.filter(isHarmful).length
  const text = made.toString('utf8')
  if (text === '') return [records.length, acting, 0, 0]
  if (!text.endsWith('\n') || !Buffer.from(text).equals(made)) return [records.length, acting, 1, 1]
  const kept = text.slice(0, -1).split('\n')
  return [records.length, acting, kept.length, kept.filter(isBad).length]
}

function isBad(line) {
  try {
    const record = JSON.parse(line)
    return isHarmful(record) || !(conversation.has(record.type) || record.type === 'system' || record.type === 'attachment')
  } catch {
    return true
  }
}

let waiting = Buffer.alloc(0)
process.stdin.on('data', (chunk) => {
  waiting = waiting.length ? Buffer.concat([waiting, chunk]) : chunk
  let at = 0
  const answers = []
  while (waiting.length >= at + 8) {
    const stored = waiting.readInt32BE(at)
    const made = waiting.readInt32BE(at + 4)
    if (waiting.length < at + 8 + stored + made) break
    const from = at + 8
    answers.push(...judge(waiting.subarray(from, from + stored), waiting.subarray(from + stored, from + stored + made)))
    at = from + stored + made
  }
  waiting = waiting.subarray(at)
  process.stdout.write(Buffer.from(Int32Array.from(answers).buffer).swap32())
})
