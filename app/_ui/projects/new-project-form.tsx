'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { requestJson, sendJson } from '../../_live/request.ts';
import { Button } from '../base/button.tsx';
import { Field } from '../base/field.tsx';
import { Notice } from '../base/notice.tsx';
import { Segments } from '../base/segments.tsx';
import { useAction } from '../base/use-action.ts';

const sources = [
  { value: 'template', label: 'Start new' },
  { value: 'git', label: 'From git' },
  { value: 'upload', label: 'Upload' },
] as const;
type Source = (typeof sources)[number]['value'];

const templates = [
  { value: 'blank', label: 'Empty', about: 'Nothing in it yet' },
  { value: 'static-page', label: 'Web page', about: 'HTML and CSS' },
  { value: 'node', label: 'Node', about: 'JavaScript with tests' },
  { value: 'python', label: 'Python', about: 'A script with tests' },
];

const busyWords: Record<Source, string> = { template: 'Making it', git: 'Fetching the repository', upload: 'Uploading and unpacking' };

/** Makes a project from a template, a git address or a zip, and goes back to where goals are given. */
export function NewProjectForm() {
  const router = useRouter();
  const { busy, failure, act } = useAction();
  const [source, setSource] = useState<Source>('template');
  const [name, setName] = useState('');
  const [template, setTemplate] = useState('blank');
  const [gitUrl, setGitUrl] = useState('');
  const [zip, setZip] = useState<File | null>(null);
  const ready = name.trim() !== '' && (source === 'template' || (source === 'git' ? gitUrl.trim() !== '' : zip !== null));

  async function create(requestId: string): Promise<void> {
    const project = await send(requestId);
    router.push(`/?project=${project.id}`);
    router.refresh();
  }

  function send(requestId: string): Promise<{ id: string }> {
    if (source === 'upload' && zip) {
      const query = new URLSearchParams({ name: name.trim(), fileName: zip.name, requestId });
      return requestJson(`/api/projects?${query}`, { method: 'POST', headers: { 'content-type': 'application/zip' }, body: zip });
    }
    return sendJson(`/api/projects?requestId=${requestId}`, { name, from: source === 'git' ? { gitUrl: gitUrl.trim() } : { template } });
  }

  function suggestName(text: string): void {
    if (name === '')
      setName(
        text
          .replace(/\.(git|zip)$/i, '')
          .split(/[/\\:]/)
          .at(-1) ?? '',
      );
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void act(create, JSON.stringify([name, source, template, gitUrl, zip?.name, zip?.size]));
      }}
      className="space-y-5"
    >
      <Segments legend="Where it comes from" name="source" value={source} options={sources} onChange={(chosen) => setSource(chosen)} />
      {source === 'template' && <TemplateChoice value={template} onChange={setTemplate} />}
      {source === 'git' && (
        <Field
          label="Git address"
          type="url"
          inputMode="url"
          autoCapitalize="none"
          spellCheck={false}
          value={gitUrl}
          onChange={(event) => setGitUrl(event.target.value)}
          onBlur={() => suggestName(gitUrl.trim())}
          placeholder="https://github.com/owner/repository"
          hint="A public https address. Choir clones it once."
        />
      )}
      {source === 'upload' && (
        <Field
          label="Zip archive"
          type="file"
          accept=".zip,application/zip"
          onChange={(event) => {
            const file = event.target.files?.[0] ?? null;
            setZip(file);
            if (file) suggestName(file.name);
          }}
          className="py-2.5 text-sm file:mr-3 file:rounded-lg file:border-0 file:bg-sunken file:px-3 file:py-1.5 file:font-medium file:text-ink"
        />
      )}
      <Field
        label="Name"
        value={name}
        maxLength={100}
        onChange={(event) => setName(event.target.value)}
        placeholder="garden"
        autoComplete="off"
      />
      {failure && <Notice>{failure}</Notice>}
      <Button look="primary" type="submit" busy={busy} disabled={!ready} className="min-h-12 w-full">
        {busy ? busyWords[source] : 'Make project'}
      </Button>
    </form>
  );
}

function TemplateChoice({ value, onChange }: { value: string; onChange(value: string): void }) {
  return (
    <fieldset className="grid grid-cols-2 gap-2">
      <legend className="sr-only">Template</legend>
      {templates.map((template) => (
        <label
          key={template.value}
          className="rounded-control border border-line bg-raised px-4 py-3 has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-accent"
        >
          <input
            type="radio"
            name="template"
            checked={value === template.value}
            onChange={() => onChange(template.value)}
            className="sr-only"
          />
          <span className="block font-medium text-sm">{template.label}</span>
          <span className="block text-ink-soft text-xs">{template.about}</span>
        </label>
      ))}
    </fieldset>
  );
}
