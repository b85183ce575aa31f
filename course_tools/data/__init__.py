"""What `course data` runs: the datasets are rebuilt from their sources, measured, and described on their page.

`commands` is its entrance; `rebuild` and `manifest` hold files to their records; the recipes in datasets/ are written
with `recipe_kit`, `sound` and `r_frames`; `fitness` and what it imports measure what simple models reach; `page` and
`examples` write datasets/README.md.
"""
