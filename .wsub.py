def sub(p,a,b,n=1):
    s=open(p).read()
    if a not in s: print('MISSING',p,repr(a[:80])); return
    open(p,'w').write(s.replace(a,b,n))
