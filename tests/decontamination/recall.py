"""What of the benchmarks `decontaminate` finds: every prompt, solution and test planted alone as a response.

python3 tests/decontamination/recall.py FOLDER [reformat|comments|names|rename]

FOLDER holds the files that models/benchmarks/card.md names, MultiPL-E's in multipl-e/. Prints found/all by benchmark, field
and number of words.
"""
import json,gzip,re,glob,subprocess,collections,sys,os
ROOT=os.path.abspath(os.path.join(os.path.dirname(__file__),'..','..'))
os.chdir(sys.argv[1])
X=['dotnet',os.path.join(ROOT,'src/XCoder.Cli/bin/Release/net10.0/xcoder.dll'),'decontaminate','--check','-','--format','jsonl']
W=re.compile(r'[^\W_]+')
def load(p):
    o=gzip.open if p.endswith('gz') else open
    return [json.loads(l) for l in o(p,'rt')]
sets={'HumanEval':['HumanEval.jsonl.gz'],'HumanEval-X':['humaneval_%s.jsonl.gz'%l for l in 'cpp go java js python rust'.split()],'MBPP':['mbpp.jsonl'],'MultiPL-E':sorted(f for f in glob.glob('multipl-e/*') if 'bu' not in f and 'python' not in f)}
F=['prompt','declaration','canonical_solution','text','code','test','tests','test_list']
def s(v): return '\n'.join(v) if isinstance(v,list) else v
rename=sys.argv[2] if len(sys.argv)>2 else ''
KW=set('def return if else for in while import from not and or int string public static void class struct let mut fn func function var const true false null none self list len range'.split())
def trans(t):
    if rename=='reformat': return re.sub(r'\s+',' ',t)
    if rename=='comments': return '\n'.join(l+'  # step %d'%i if i%3==0 else l for i,l in enumerate(t.split('\n')))
    if rename=='rename':
        ids=[i for i,_ in collections.Counter(re.findall(r'[A-Za-z_][A-Za-z0-9_]*',t)).most_common() if i.lower() not in KW]
        m={i:'v%d'%k for k,i in enumerate(ids) if len(i)>0}
        return re.sub(r'[A-Za-z_][A-Za-z0-9_]*',lambda g:m.get(g.group(0),g.group(0)) ,t)
    if rename=='names':  # variables of one to six letters and the function's name
        m=re.search(r'(?:def|func|fn|int|bool|function)\s+(\w+)\s*\(',t); n=m.group(1) if m else None
        return re.sub(r'\b%s\b'%n,'solve_it',t) if n else t
    return t
rows=[];meta={}
for n,fs in sets.items():
    for f in fs:
        for i,d in enumerate(load(f)):
            for k in F:
                if k in d and s(d[k]).strip():
                    t=trans(s(d[k])); key='%s|%s|%d|%s'%(n,f,i,k); w=len(W.findall(s(d[k])))
                    meta[key]=(n,k,w); rows.append({'id':key,'response':t})
out=subprocess.run(X,input='\n'.join(json.dumps(r) for r in rows),capture_output=True,text=True)
if out.stderr: print(out.stderr[:500])
hit={json.loads(l)['row']:json.loads(l)['contamination'] for l in out.stdout.splitlines()}
tot=collections.Counter();ok=collections.Counter();miss=[]
for k,(n,f,w) in meta.items():
    c=(n,f,'>=10' if w>=10 else '6-9' if w>=6 else '<6'); tot[c]+=1; ok[c]+=k in hit
    if k not in hit and w>=10: miss.append(k)
for c in sorted(tot): print(*c,'%d/%d'%(ok[c],tot[c]),'%.4f'%(ok[c]/tot[c]))
a=[c for c in tot if c[2]=='>=10']; print('all >=10',sum(ok[c] for c in a),'/',sum(tot[c] for c in a)); print('kinds',collections.Counter(v['kind'] for v in hit.values()))
print(miss[:10])
