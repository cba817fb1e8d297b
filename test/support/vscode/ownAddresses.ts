/**
 * To run in a page before VS Code: lets it take `vscode://` for its own, as the desktop does. The server's build takes a
 * scheme which its preview in a browser does not follow.
 */
export function takeOwnAddresses(): void {
  if (window.top !== window) return;
  const observer = new MutationObserver(() => {
    const configuration = document.getElementById('vscode-workbench-web-configuration');
    const settings = configuration?.dataset['settings'];
    if (configuration === null || settings === undefined) return;
    observer.disconnect();
    const { productConfiguration, ...rest } = JSON.parse(settings) as { readonly productConfiguration?: object };
    const product = { ...productConfiguration, urlProtocol: 'vscode' };
    configuration.dataset['settings'] = JSON.stringify({ ...rest, productConfiguration: product });
  });
  observer.observe(document, { childList: true, subtree: true });
}
