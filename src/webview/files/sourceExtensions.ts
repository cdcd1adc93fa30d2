/** File extensions that answers commonly mention. Other files are recognized by folder or line. */
export const sourceExtensions: ReadonlySet<string> = new Set(
  [
    'ts tsx mts cts js jsx mjs cjs vue svelte astro html htm css scss sass less',
    'json jsonc json5 yaml yml toml xml ini conf cfg properties lock csv tsv sql graphql proto prisma',
    'md mdx rst txt adoc tex ipynb svg png',
    'py pyi rb php java kt kts scala groovy gradle clj go rs c h cc cpp cxx hh hpp hxx cs fs fsx vb swift m mm',
    'dart lua pl pm r jl ex exs erl hs ml elm nim zig v sol sh bash zsh fish ps1 bat cmd',
    'tf tfvars hcl nix cmake mk dockerfile env patch diff csproj sln vsix wasm glsl wgsl',
  ].flatMap((line) => line.split(' ')),
);
