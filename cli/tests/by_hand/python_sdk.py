"""Calls every operation, with every documented status, by SailPoint's Python SDK against `sailc mock`.

pip install "sailpoint<2" pyyaml; sailc mock --port 4010 &
python cli/tests/by_hand/python_sdk.py http://127.0.0.1:4010 spec
"""
import sys, re, inspect, importlib, yaml, os, tempfile
base, root = sys.argv[1], sys.argv[2]
os.environ.update(SAIL_BASE_URL=base, SAIL_CLIENT_ID="me", SAIL_CLIENT_SECRET="s")
from sailpoint.configuration import Configuration
conf=Configuration()
f=tempfile.NamedTemporaryFile(suffix=".xml",delete=False); f.write(b"<x/>"); f.close()
ok=bad=0
for v in ["v3","beta","v2025"]:
    mod=importlib.import_module("sailpoint."+v)
    doc=yaml.safe_load(open(f"{root}/{v}.yaml"))
    client=mod.ApiClient(conf)
    for path,item in doc["paths"].items():
        for method,op in item.items():
            if method not in("get","put","post","delete","patch"): continue
            tag=op["tags"][0].replace(" ","")
            api=getattr(mod,tag+"Api")(client)
            name=re.sub(r"(?<!^)(?=[A-Z])","_",op["operationId"]).lower()
            fn=getattr(api,name+"_with_http_info",None)
            if fn is None:
                print("no method",v,name); continue
            kw={}
            for p in inspect.signature(fn).parameters.values():
                if p.default is not inspect.Parameter.empty or p.name=="self": continue
                if p.name=="file": kw[p.name]=f.name
                elif p.name=="locale": kw[p.name]="de"
                elif p.name=="json_patch_operation": kw[p.name]=[mod.JsonPatchOperation.from_dict({"op":"replace","path":"/applicationXml","value":"x"})]
                elif "create_connector_dto" in p.name: kw[p.name]=mod.V3CreateConnectorDto.from_dict({"name":"a","className":"b"})
                elif p.name=="connector_customizer_create_request": kw[p.name]=mod.ConnectorCustomizerCreateRequest.from_dict({"name":"x"})
                elif p.name=="connector_customizer_update_request": kw[p.name]=mod.ConnectorCustomizerUpdateRequest.from_dict({"name":"x"})
                else: kw[p.name]="b07dc46a-1498-4de8-bfbb-259a68e70c8a"
            for status in op["responses"]:
                try:
                    r=fn(**kw,_headers={"Prefer":f"code={status}"}); got=r.status_code
                except Exception as e:
                    got=getattr(e,"status",None) or repr(e)[:200]
                if str(got)==str(status): ok+=1
                else: bad+=1; print(v,name,status,"->",got)
print("ok",ok,"bad",bad)
