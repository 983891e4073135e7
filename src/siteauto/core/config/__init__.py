"""The configuration engine: text -> tree, what differs, what to type, and what the device would then hold.

parse(rules, text)        -> ConfigTree    exactly as written
normalise(rules, text)    -> ConfigTree    in one canonical form, volatile lines dropped, secrets as tokens
diff(running, intended)   -> ConfigDiff
remediate(running, intended) -> Remediation   commands, rollback, and the proof that they converge
apply(tree, commands)     -> ConfigTree    what the device would hold afterwards
to_text(tree)             -> str           as the device prints it
"""
