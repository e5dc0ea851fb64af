# Shows the widget of the troubleshooting portal beside a ticket. The portal's address stands here.
class SidebarKbPortal extends App.Controller
  PORTAL = 'https://portal.example.org'

  sidebarItem: =>
    return if !@permissionCheck('ticket.agent')
    @item = {
      name: 'kbportal'
      badgeIcon: 'knowledge-base'
      sidebarHead: 'Troubleshooting portal'
      sidebarCallback: @show
      sidebarActions: []
    }
    @item

  show: (el) =>
    @el = el
    place = document.createElement('div')
    place.id = "kbportal-#{@taskKey}"
    @html(place)
    script = document.createElement('script')
    script.src = "#{PORTAL}/widget.js"
    script.dataset.language = App.i18n.get().slice(0, 2)
    script.dataset.target = "##{place.id}"
    script.addEventListener('load', => window.KbPortal.ticket(@ticket.title)) if @ticket
    place.appendChild(script)

App.Config.set('900-KbPortal', SidebarKbPortal, 'TicketZoomSidebar')
