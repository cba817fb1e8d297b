// The bundler writes styles to a file beside the script.
declare module '*.css';
