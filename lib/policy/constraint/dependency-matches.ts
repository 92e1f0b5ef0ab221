import type { RuleMatch } from '#lib/core/rule.ts';

/** Manifests and lock files, a line for each family of package managers. */
const files = [
  'package.json,package-lock.json,npm-shrinkwrap.json,pnpm-lock.yaml,pnpm-workspace.yaml,yarn.lock,bun.lock,bun.lockb',
  'deno.json,deno.jsonc,deno.lock,jsr.json,import_map.json,bower.json',
  'requirements*.txt,requirements*.in,constraints*.txt,pyproject.toml,poetry.lock,uv.lock,pdm.lock,Pipfile,Pipfile.lock,setup.py,setup.cfg',
  'environment.yml,environment.yaml,conda-lock.yml,pixi.toml,pixi.lock',
  'Cargo.toml,Cargo.lock,go.mod,go.sum,go.work,go.work.sum',
  'Gemfile,Gemfile.lock,gems.rb,gems.locked,*.gemspec,composer.json,composer.lock',
  'pom.xml,build.gradle,build.gradle.kts,settings.gradle,settings.gradle.kts,libs.versions.toml,gradle.lockfile,build.sbt',
  '*.csproj,*.fsproj,packages.config,packages.lock.json,Directory.Packages.props',
  'mix.exs,mix.lock,pubspec.yaml,pubspec.lock,Package.swift,Package.resolved,Podfile,Podfile.lock,Cartfile,Cartfile.resolved',
  'flake.nix,flake.lock,.gitmodules',
];

/** Commands that bring a package which is named behind them. */
const installs = [
  ...['npm install', 'npm i', 'npm in', 'npm add', 'pnpm install', 'pnpm i', 'pnpm add', 'yarn add', 'bun install', 'bun i', 'bun add'],
  ...['deno add', 'deno install', 'pip install', 'pip3 install', 'uv add', 'uv pip install', 'poetry add', 'pdm add', 'pipenv install'],
  ...['conda install', 'mamba install', 'cargo add', 'cargo install', 'go get', 'go install', 'gem install', 'bundle add'],
  ...['composer require', 'dotnet add', 'apt install', 'apt-get install', 'apk add', 'brew install'],
];

export const dependencyMatches: readonly RuleMatch[] = [
  ...files.map((names): RuleMatch => ({ on: 'path', glob: `**/{${names}}`, act: 'write' })),
  ...installs.map((command): RuleMatch => ({ on: 'command', words: [...command.split(' '), '*'] })),
];

/** The matches without those about dependencies; null when they do not hold all of these. */
export function withoutDependencies(matches: RuleMatch[]): RuleMatch[] | null {
  const own = new Set(dependencyMatches.map(keyOf));
  const rest = matches.filter((match) => !own.has(keyOf(match)));
  return matches.length - rest.length >= own.size ? rest : null;
}

/** PostgreSQL gives the fields back in an order of its own. */
function keyOf(match: RuleMatch): string {
  return JSON.stringify(match, Object.keys(match).sort());
}
