import { homedir } from 'node:os';
import * as vscode from 'vscode';
import { imageFile, type ExportedImage } from '../../../domain/releases/timeline/exported.ts';
import { showMessage } from '../../kit/messages.ts';

const filters = { svg: { 'SVG Image': ['svg'] }, png: { 'PNG Image': ['png'] } };

/** Saves an image of a rollout's timeline where the person wants it; nothing is saved when they do not. */
export async function saveImage(rollout: string, { format, content }: ExportedImage): Promise<void> {
  const file = imageFile(rollout, format);
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(homedir());
  const target = await vscode.window.showSaveDialog({
    title: 'Save Timeline',
    defaultUri: vscode.Uri.joinPath(folder, file),
    filters: { ...filters[format] },
  });
  if (target === undefined) return;
  try {
    await vscode.workspace.fs.writeFile(target, Buffer.from(content, format === 'svg' ? 'utf8' : 'base64'));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    await showMessage('error', `The timeline is not saved: ${reason}`);
  }
}
