from tests.browser.test_translating import *
def test_x(page, live_server, portal):
    article: Article = portal.articles[FRENCH_ONLY]
    sign_in(page.context, live_server, editors.person("ada", "Reviewer"))
    for i in range(8):
        page.goto(editors.address("change", article.pk) + "?language=fr")
        page.get_by_role("textbox", name="Résolution", exact=True).click()
        page.keyboard.press("Control+End")
        page.keyboard.insert_text("\n3. Vérifiez le profil.")
        info=page.evaluate("[document.activeElement.outerHTML.slice(0,200), document.querySelector('.section-resolution .CodeMirror')?.CodeMirror.getValue(), document.querySelector('#id_resolution').value]")
        page.wait_for_timeout(300)
        info2=page.evaluate("[document.querySelector('.section-resolution .CodeMirror')?.CodeMirror.getValue(), document.querySelector('#id_resolution').value]")
        print(i, info, info2)
        page.evaluate("localStorage.clear()")
